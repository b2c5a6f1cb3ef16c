import {
  noMeter,
  type AccessFeed,
  type JobQueue,
  type Logger,
  type Meter,
  type ReleaseFeed,
  type Tx,
  type UnitOfWork,
} from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import type pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { TypeOrmMemberStore } from './access/typeorm-member-store.js';
import { TypeOrmTokenStore } from './access/typeorm-token-store.js';
import { TypeOrmAuditStore } from './audit/typeorm-audit-store.js';
import { TypeOrmClusterStore } from './cluster/typeorm-cluster-store.js';
import { clientConfig } from './connection-options.js';
import { createDataSource } from './data-source.js';
import { asCodedError } from './database-error.js';
import { TypeOrmEgressStore } from './egress/typeorm-egress-store.js';
import { TypeOrmFreezeWindowStore } from './freeze/typeorm-freeze-window-store.js';
import { TypeOrmGateStore } from './gate/typeorm-gate-store.js';
import { TypeOrmHookCallStore } from './hook/typeorm-hook-call-store.js';
import { TypeOrmIdempotencyStore } from './idempotency/typeorm-idempotency-store.js';
import { KnownMeasurements } from './measurement/known-measurements.js';
import { TypeOrmMeasurementStore } from './measurement/typeorm-measurement-store.js';
import { TypeOrmNotificationStore } from './notification/typeorm-notification-store.js';
import { TypeOrmOutgoingDeliveryStore } from './notification/typeorm-outgoing-delivery-store.js';
import type { PersistenceConfig } from './persistence-config.js';
import { PostgresReleaseFeed } from './postgres-release-feed.js';
import { TypeOrmPushedStore } from './pushed/typeorm-pushed-store.js';
import { TypeOrmReleaseStore } from './release/typeorm-release-store.js';
import { reseal, type Resealed } from './reseal.js';
import { createSchema, type Schema } from './schema.js';
import type { Sealer } from './sealer.js';
import { TypeOrmSecretStore } from './secret/typeorm-secret-store.js';
import { TypeOrmServiceStore } from './service/typeorm-service-store.js';
import { TypeOrmSourceStore } from './source/typeorm-source-store.js';
import { sqlExecutor, type Enqueue, type QueuedJob } from './sql-executor.js';
import { TypeOrmStrategyStore } from './strategy/typeorm-strategy-store.js';
import { TypeOrmUnitOfWork, type Draft } from './typeorm-unit-of-work.js';
import { TypeOrmReceivedStore } from './webhook/typeorm-received-store.js';
import { TypeOrmRuleStore } from './webhook/typeorm-rule-store.js';
import { TypeOrmWebhookStore } from './webhook/typeorm-webhook-store.js';

export interface PersistenceOptions {
  readonly config: PersistenceConfig;
  readonly sealer: Sealer;
  readonly enqueue: Enqueue;
  readonly logger: Logger;
  /** Hears of every statement. */
  readonly meter?: Meter;
}

/** Connections for transactions, and who waits for one. */
export interface PoolStanding {
  readonly inUse: number;
  readonly idle: number;
  readonly waiting: number;
}

/** Everything that is kept in Postgres. */
export interface Persistence {
  readonly unitOfWork: UnitOfWork;
  readonly releaseFeed: ReleaseFeed;
  readonly accessFeed: AccessFeed;
  readonly schema: Schema;
  /** Seals with the present key whatever another one has sealed. */
  reseal(): Promise<Resealed>;
  pool(): PoolStanding;
  /** Throws `DATABASE_UNAVAILABLE` when there is no answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects, also to a database whose schema is behind: ask `schema` first.
 * Throws `DATABASE_UNAVAILABLE` or `INVALID_CONFIGURATION`.
 */
export async function createPersistence(options: PersistenceOptions): Promise<Persistence> {
  const { config, logger, meter = noMeter } = options;
  const source = createDataSource(config, meter);
  const feed = new PostgresReleaseFeed(clientConfig(config), logger);
  try {
    await source.initialize();
    await feed.start();
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    throw asCodedError(error);
  }
  const kept = { ...options, known: new KnownMeasurements() };
  const unitOfWork = new TypeOrmUnitOfWork(source, (runner, now) => draftOf(runner, now, kept));
  return {
    unitOfWork,
    releaseFeed: feed,
    accessFeed: feed.access,
    schema: createSchema(source, config),
    reseal: () => reseal(source, options.sealer),
    pool: () => poolOf(source),
    ping: () => unitOfWork.run(() => Promise.resolve()),
    async close() {
      await feed.close();
      await source.destroy();
    },
  };
}

function poolOf({ driver }: DataSource): PoolStanding {
  const { totalCount, idleCount, waitingCount } = (driver as { readonly master?: pg.Pool })
    .master ?? {
    totalCount: 0,
    idleCount: 0,
    waitingCount: 0,
  };
  return { inUse: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
}

/** What all transactions have. */
interface Kept extends PersistenceOptions {
  readonly known: KnownMeasurements;
}

/** Jobs are queued at the end, all in one statement: nobody waits for their locks longer than for that. */
function draftOf(runner: QueryRunner, now: Instant, options: Kept): Draft {
  const queued: QueuedJob[] = [];
  const jobs: JobQueue = {
    enqueue: (job, runAt) => Promise.resolve(void queued.push({ job, runAt })),
  };
  return {
    tx: txOf(runner, now, jobs, options),
    finish: async () => {
      if (queued.length > 0) await options.enqueue(sqlExecutor(runner), queued);
    },
  };
}

function txOf({ manager }: QueryRunner, now: Instant, jobs: JobQueue, { sealer, known }: Kept): Tx {
  return {
    now,
    clusters: new TypeOrmClusterStore(manager, now, sealer),
    services: new TypeOrmServiceStore(manager, now),
    strategies: new TypeOrmStrategyStore(manager, now),
    releases: new TypeOrmReleaseStore(manager, now),
    measurements: new TypeOrmMeasurementStore(manager, known),
    egress: new TypeOrmEgressStore(manager),
    secrets: new TypeOrmSecretStore(manager, now, sealer),
    sources: new TypeOrmSourceStore(manager, now),
    pushed: new TypeOrmPushedStore(manager, now),
    webhooks: new TypeOrmWebhookStore(manager, now),
    rules: new TypeOrmRuleStore(manager, now),
    received: new TypeOrmReceivedStore(manager),
    hookCalls: new TypeOrmHookCallStore(manager),
    notifications: new TypeOrmNotificationStore(manager, now),
    outgoingDeliveries: new TypeOrmOutgoingDeliveryStore(manager, now),
    freezeWindows: new TypeOrmFreezeWindowStore(manager, now),
    gates: new TypeOrmGateStore(manager, now),
    idempotency: new TypeOrmIdempotencyStore(manager, now, sealer),
    audit: new TypeOrmAuditStore(manager),
    tokens: new TypeOrmTokenStore(manager),
    members: new TypeOrmMemberStore(manager, now),
    jobs,
  };
}

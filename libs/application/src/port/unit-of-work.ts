import type { Instant } from '@spillway/kernel';
import type { AuditStore } from './audit-store.js';
import type { ClusterStore } from './cluster-store.js';
import type { EgressStore } from './egress-store.js';
import type { FreezeWindowStore } from './freeze-window-store.js';
import type { GateStore } from './gate-store.js';
import type { HookCallStore } from './hook-call-store.js';
import type { IdempotencyStore } from './idempotency-store.js';
import type { JobQueue } from './job-queue.js';
import type { MemberStore } from './member-store.js';
import type { MeasurementStore } from './measurement-store.js';
import type { NotificationStore } from './notification-store.js';
import type { OutgoingDeliveryStore } from './outgoing-delivery-store.js';
import type { PushedStore } from './pushed-store.js';
import type { ReceivedStore } from './received-store.js';
import type { ReleaseStore } from './release-store.js';
import type { RuleStore } from './rule-store.js';
import type { SecretStore } from './secret-store.js';
import type { ServiceStore } from './service-store.js';
import type { SourceStore } from './source-store.js';
import type { StrategyStore } from './strategy-store.js';
import type { WebhookStore } from './webhook-store.js';
import type { TokenStore } from './token-store.js';

/** Everything that one transaction may touch. All of it is committed, or none. */
export interface Tx {
  /** The database's time when the transaction began. Timers use it, never a process's clock. */
  readonly now: Instant;
  readonly clusters: ClusterStore;
  readonly services: ServiceStore;
  readonly strategies: StrategyStore;
  readonly releases: ReleaseStore;
  readonly measurements: MeasurementStore;
  readonly egress: EgressStore;
  readonly secrets: SecretStore;
  readonly sources: SourceStore;
  readonly pushed: PushedStore;
  readonly webhooks: WebhookStore;
  readonly rules: RuleStore;
  readonly received: ReceivedStore;
  readonly hookCalls: HookCallStore;
  readonly notifications: NotificationStore;
  readonly outgoingDeliveries: OutgoingDeliveryStore;
  readonly freezeWindows: FreezeWindowStore;
  readonly gates: GateStore;
  readonly idempotency: IdempotencyStore;
  readonly audit: AuditStore;
  readonly tokens: TokenStore;
  readonly members: MemberStore;
  readonly jobs: JobQueue;
}

/** The stores of a reading. There is no time: it is the time of each statement. */
export type Reads = Omit<Tx, 'now' | 'jobs' | 'idempotency'>;

export interface How {
  /**
   * A database that crashes may forget it, with all that came later: for what is found out again then.
   * Nobody waits for its disk.
   */
  readonly mayBeForgotten?: true;
}

/**
 * Runs work in one database transaction: commits when the promise is fulfilled,
 * rolls back when it is rejected. Nothing in it may wait for anything but the
 * database. Throws `DATABASE_UNAVAILABLE` when there is no connection to be had.
 */
export interface UnitOfWork {
  run<T>(work: (tx: Tx) => Promise<T>, how?: How): Promise<T>;
  /**
   * Reads without a transaction: each call of a store sees what is committed by then, and nothing
   * may be written. Costs one way to the database per call, where `run` adds two.
   */
  read<T>(work: (stores: Reads) => Promise<T>): Promise<T>;
}

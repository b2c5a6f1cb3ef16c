import { AsyncLocalStorage } from 'node:async_hooks';
import { InvariantBroken, type Instant } from '@spillway/kernel';
import type { Clock } from '../../port/clock.js';
import type { JobQueue } from '../../port/job-queue.js';
import type { Reads, Tx, UnitOfWork } from '../../port/unit-of-work.js';
import { Draft, noTables, type Tables } from './draft.js';
import { InMemoryAccessFeed } from './in-memory-access-feed.js';
import { InMemoryAuditStore } from './in-memory-audit-store.js';
import { InMemoryClusterStore } from './in-memory-cluster-store.js';
import { InMemoryEgressStore } from './in-memory-egress-store.js';
import { InMemoryFreezeWindowStore } from './in-memory-freeze-window-store.js';
import { InMemoryGateStore } from './in-memory-gate-store.js';
import { InMemoryHookCallStore } from './in-memory-hook-call-store.js';
import { InMemoryIdempotencyStore } from './in-memory-idempotency-store.js';
import { InMemoryJobQueue } from './in-memory-job-queue.js';
import { InMemoryMemberStore } from './in-memory-member-store.js';
import { InMemoryTokenStore } from './in-memory-token-store.js';
import { InMemoryMeasurementStore } from './in-memory-measurement-store.js';
import { InMemoryNotificationStore } from './in-memory-notification-store.js';
import { InMemoryOutgoingDeliveryStore } from './in-memory-outgoing-delivery-store.js';
import { InMemoryPushedStore } from './in-memory-pushed-store.js';
import { InMemoryReceivedStore } from './in-memory-received-store.js';
import { InMemoryReleaseFeed } from './in-memory-release-feed.js';
import { InMemoryReleaseStore } from './in-memory-release-store.js';
import { InMemoryRuleStore } from './in-memory-rule-store.js';
import { InMemorySecretStore } from './in-memory-secret-store.js';
import { InMemoryServiceStore } from './in-memory-service-store.js';
import { InMemorySourceStore } from './in-memory-source-store.js';
import { InMemoryStrategyStore } from './in-memory-strategy-store.js';
import { InMemoryWebhookStore } from './in-memory-webhook-store.js';

/** A database in memory: its transactions, the jobs that they queued and the feed of what they saved. */
export interface InMemoryUnitOfWork extends UnitOfWork {
  readonly jobs: InMemoryJobQueue;
  readonly feed: InMemoryReleaseFeed;
  readonly accessFeed: InMemoryAccessFeed;
  /** How many were begun. */
  readonly begun: number;
}

/** `clock` stands for the database's time. */
export const createInMemoryUnitOfWork = ({ clock }: { clock: Clock }): InMemoryUnitOfWork =>
  new Database(clock);

/**
 * In whose transaction what runs is begun. One for all databases of a process: each of these that was
 * ever used makes every promise slower, and the simulation uses a database a night.
 */
const inside = new AsyncLocalStorage<Database>();

class Database implements InMemoryUnitOfWork {
  readonly jobs: InMemoryJobQueue;
  readonly feed = new InMemoryReleaseFeed();
  readonly accessFeed = new InMemoryAccessFeed();
  begun = 0;
  private tables: Tables = noTables();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly clock: Clock) {
    this.jobs = new InMemoryJobQueue(clock);
  }

  /** One transaction after another, in the order of the calls. */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (inside.getStore() === this) {
      throw new InvariantBroken('a transaction waits for another one that is begun inside it');
    }
    const outcome = this.last.then(() => inside.run(this, () => this.transact(work)));
    this.last = outcome.catch(() => undefined);
    return outcome;
  }

  read<T>(work: (stores: Reads) => Promise<T>): Promise<T> {
    return this.run(work);
  }

  private async transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.begun += 1;
    const draft = new Draft(this.tables, this.clock.now());
    try {
      const result = await work(transactionOf(draft));
      this.commit(draft);
      return result;
    } finally {
      draft.end();
    }
  }

  private commit({ outcome, jobs, saved, accessChanged }: Draft): void {
    this.tables = outcome;
    for (const { job, runAt } of jobs) this.jobs.add(job, runAt);
    inside.exit(() => {
      for (const release of saved) this.feed.publish(release);
      if (accessChanged) this.accessFeed.publish();
    });
  }
}

const transactionOf = (draft: Draft): Tx => ({
  now: draft.now,
  clusters: new InMemoryClusterStore(draft),
  services: new InMemoryServiceStore(draft),
  strategies: new InMemoryStrategyStore(draft),
  releases: new InMemoryReleaseStore(draft),
  measurements: new InMemoryMeasurementStore(draft),
  egress: new InMemoryEgressStore(draft),
  secrets: new InMemorySecretStore(draft),
  sources: new InMemorySourceStore(draft),
  pushed: new InMemoryPushedStore(draft),
  webhooks: new InMemoryWebhookStore(draft),
  rules: new InMemoryRuleStore(draft),
  received: new InMemoryReceivedStore(draft),
  hookCalls: new InMemoryHookCallStore(draft),
  notifications: new InMemoryNotificationStore(draft),
  outgoingDeliveries: new InMemoryOutgoingDeliveryStore(draft),
  freezeWindows: new InMemoryFreezeWindowStore(draft),
  gates: new InMemoryGateStore(draft),
  idempotency: new InMemoryIdempotencyStore(draft),
  audit: new InMemoryAuditStore(draft),
  tokens: new InMemoryTokenStore(draft),
  members: new InMemoryMemberStore(draft),
  jobs: queueIn(draft),
});

const queueIn = (draft: Draft): JobQueue => ({
  enqueue: (job, runAt: Instant = draft.now) => {
    draft.jobs.push({ job, runAt });
    return Promise.resolve();
  },
});

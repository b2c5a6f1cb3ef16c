import type { AccessFeed } from '../../port/access-feed.js';
import type { Job, JobQueue } from '../../port/job-queue.js';
import type { ReleaseFeed } from '../../port/release-feed.js';
import type { Tx, UnitOfWork } from '../../port/unit-of-work.js';

/** What a contract suite works on. Each is fresh: it holds nothing, and no other test sees it. */
export interface Harness {
  readonly uow: UnitOfWork;
  /** Gives back connections and databases; called after each test. */
  close?(): Promise<void>;
}

export interface AccessFeedHarness extends Harness {
  /** Already listening. */
  readonly accessFeed: AccessFeed;
}

export interface ReleaseFeedHarness extends Harness {
  /** Already listening. */
  readonly feed: ReleaseFeed;
}

/** Needs no stores, so that a queue can be tested where there are none. */
export interface JobQueueHarness {
  readonly uow: {
    run<T>(
      work: (tx: { readonly now: Tx['now']; readonly jobs: JobQueue }) => Promise<T>,
    ): Promise<T>;
  };
  /** Runs the jobs that are due, and those that they make due, until there is none. */
  drain(handler: (job: Job) => Promise<void>): Promise<void>;
  close?(): Promise<void>;
}

import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTaskList, type Task, type WorkerEvents, type WorkerPool } from 'graphile-worker';
import type pg from 'pg';
import type { Job, Logger } from '@spillway/application';
import type { Entry } from './enqueue.js';
import type { InHand } from './in-hand.js';
import { toGraphileLogger } from './graphile-logger.js';
import { Lateness } from './lateness.js';
import { Overdue } from './overdue.js';
import { fetchingOf, isSlotBySlot, paceOf } from './pace.js';
import { busyKeys } from './sql.js';
import type { WorkerSession } from './worker-session.js';

export interface LaneOptions {
  readonly kind: Job['kind'];
  /** Jobs that run at the same moment. */
  readonly concurrency: number;
  readonly pool: pg.Pool;
  readonly session: WorkerSession;
  readonly inHand: InHand;
  /** Whether workers may leave jobs of this kind to it. */
  readonly isWriters?: boolean;
  readonly logger: Logger;
  readonly perform: (entry: Entry, lateMs: number) => Promise<'ran' | 'busy'>;
}

export interface Lane {
  readonly kind: Job['kind'];
  /** Whether it takes jobs; not while it begins anew, and not any more once it is stopped. */
  isTaking(): boolean;
  /** Takes no more jobs and waits for those that run. */
  stop(): Promise<void>;
}

const resumeMs = 1_000;
/**
 * After a job whose subject was busy, for so long those that are busy are asked for before jobs are
 * taken. Not where one look fetches for all slots: with such a question each would look for itself.
 */
const waryMs = 1_000;

/**
 * Runs the jobs of one kind. Each kind has slots of its own, so that however
 * many measurements hang, a rollback finds a free one. Begins anew when
 * graphile-worker gives up, as it does when a finished job cannot be noted.
 */
export function startLane(options: LaneOptions): Lane {
  const stopping = new AbortController();
  let workers = launch(options);
  let isTaking = true;
  const ended = (async () => {
    for (;;) {
      await workers.ended;
      isTaking = false;
      options.inHand.workers.delete(workers.id);
      await options.session.release('writer', workers.id);
      await options.session.release('worker', workers.id);
      if (stopping.signal.aborted) return;
      options.logger.warn({ kind: options.kind }, 'the queue stopped taking jobs and begins anew');
      await sleep(resumeMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      workers = launch(options);
      isTaking = true;
    }
  })();
  return {
    kind: options.kind,
    isTaking: () => isTaking,
    stop: async () => {
      isTaking = false;
      stopping.abort();
      workers.leave();
      // From now on workers take what is not taken here any more.
      await options.session.release('writer', workers.id);
      await ended;
    },
  };
}

interface Workers {
  readonly id: string;
  /** Takes no more jobs. */
  readonly leave: () => void;
  /** When none works any more. */
  readonly ended: Promise<void>;
}

/**
 * Holds the locks that say "these workers live" and "leave writing to them" before they take a job. Done
 * before each: one that could not be had at the beginning, or was lost, is had then.
 */
async function announce(
  { session, inHand, isWriters }: LaneOptions,
  workers: string,
): Promise<void> {
  inHand.workers.add(workers);
  await session.hold('worker', workers);
  if (isWriters === true) await session.hold('writer', workers);
}

function launch(options: LaneOptions): Workers {
  const { kind, concurrency, pool, inHand, logger, perform } = options;
  const events: WorkerEvents = new EventEmitter();
  const overdue = new Overdue(events);
  const lateness = new Lateness(events);
  let hasLeft = false;
  let waryUntil = 0;
  const run = async (entry: Entry, lateMs: number): Promise<void> => {
    if ((await perform(entry, lateMs)) === 'busy') waryUntil = performance.now() + waryMs;
  };
  const task: Task = (payload, { job }) =>
    overdue.during(inHand.during(job.id, run(payload as Entry, lateness.of(job))));
  const workers: WorkerPool = runTaskList(
    {
      concurrency,
      events,
      pollInterval: paceOf(kind).pollMs,
      noHandleSignals: true,
      logger: toGraphileLogger(logger),
      forbiddenFlags: async () => {
        // The first worker asks before its pool has a name.
        await Promise.resolve();
        if (!hasLeft) await announce(options, workers.id);
        // They are given no job any more, and the pool may be closed already.
        if (hasLeft || performance.now() > waryUntil || !isSlotBySlot(kind)) return null;
        // Without an answer there will be no job either, or one that is put back where its subject
        // is busy: thrown, it would end these workers, and they would begin anew a while later.
        const answer = await pool.query<{ key: string }>(busyKeys).catch(() => undefined);
        return (answer?.rows ?? []).map(({ key }) => key);
      },
      preset: {
        // Without a batch nobody awaits the end of a job, and a database that
        // is away at that moment ends the process by an unhandled rejection.
        worker: {
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
          ...fetchingOf(kind, concurrency),
        },
      },
    },
    { [kind]: task },
    pool,
  );
  return {
    id: workers.id,
    leave: () => {
      hasLeft = true;
      void Promise.resolve(workers.gracefulShutdown()).catch(() => undefined);
    },
    ended: Promise.race([workers.promise.catch(() => undefined), overdue.passed]),
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Logger, Meter, Occurrence } from '@spillway/application';
import { keyOf, type Entry } from './enqueue.js';
import { patienceOf } from './pace.js';
import type { WorkerSession } from './worker-session.js';

export interface PerformOptions {
  readonly session: WorkerSession;
  readonly logger: Logger;
  readonly meter: Meter;
  readonly handle: (job: Job) => Promise<void>;
  /** Puts the job back into the queue, in a transaction of its own. */
  readonly putBack: (entry: Entry, delayMs: number) => Promise<void>;
}

/** Asked again after so many milliseconds, later on more rarely. */
const againMs = 5;
const laterAgainMs = 20;
const laterMs = 100;
const longestMs = 30_000;

const shortestBackMs = 50;
const longestBackMs = 500;
/** The longer a subject is busy, the longer it will be: it is asked about more rarely. */
const busyDelay = (lateMs: number): number =>
  Math.min(longestBackMs, Math.max(shortestBackMs, Math.round(lateMs / 4)));

/** 0, 1 s, 2 s, 4 s … 30 s. */
export const retryDelay = (attempt: number): number =>
  attempt === 0 ? 0 : Math.min(longestMs, 1_000 * 2 ** Math.min(attempt - 1, 10));

/**
 * Runs a job that graphile-worker has taken, unless its subject is busy, and never fails: a job that went
 * wrong is put back instead. Left to graphile-worker it would wait longer and
 * longer, up to six hours, and not at all once a newer one waits.
 */
export const performer =
  (options: PerformOptions) =>
  async (entry: Entry, lateMs: number): Promise<'ran' | 'busy'> => {
    const { session, putBack } = options;
    const { job } = entry;
    const key = keyOf(job);
    const late = lateMs + (entry.lateMs ?? 0);
    const note = noteOf(options, job, late);
    // It was waited for once.
    const waitMs = entry.lateMs === undefined ? patienceOf(job.kind) : 0;
    if (!(await takeSoon(session, key, waitMs))) {
      note('busy');
      const delayMs = busyDelay(entry.lateMs ?? 0);
      await putBack({ ...entry, lateMs: late + waitMs + delayMs }, delayMs);
      return 'busy';
    }
    try {
      await run(options, entry, note);
      return 'ran';
    } finally {
      await session.release('job', key);
    }
  };

/** Most jobs are done in a few milliseconds: the next one of the subject waits for that here, not in the queue. */
async function takeSoon(session: WorkerSession, key: string, waitMs: number): Promise<boolean> {
  for (let waited = 0; waited < waitMs;) {
    if (await session.take('job', key)) return true;
    const pauseMs = waited < laterMs ? againMs : laterAgainMs;
    await sleep(pauseMs);
    waited += pauseMs;
  }
  return session.take('job', key);
}

type Note = (outcome: Extract<Occurrence, { kind: 'ran' }>['outcome']) => void;

/** Counts from now on. */
function noteOf({ meter }: PerformOptions, { kind }: Job, lateMs: number): Note {
  const began = performance.now();
  return (outcome) =>
    meter.note({ kind: 'ran', job: kind, outcome, lateMs, ms: performance.now() - began });
}

async function run(
  { logger, handle, putBack }: PerformOptions,
  { job, attempt: before }: Entry,
  note: Note,
): Promise<void> {
  try {
    await handle(job);
    note('done');
  } catch (error) {
    note('failed');
    const attempt = before + 1;
    const delayMs = retryDelay(attempt);
    logger.warn({ ...job, attempt, delayMs, error: String(error) }, 'a job failed and is retried');
    await putBack({ job, attempt }, delayMs);
  }
}

import { after, InvariantBroken, type Instant } from '@spillway/kernel';
import type { Clock } from '../../port/clock.js';
import type { Job } from '../../port/job-queue.js';
import { InOrder } from './in-order.js';

/** A job that waits for its moment. */
export interface WaitingJob {
  readonly job: Job;
  readonly runAt: Instant;
}

/** A job in the hands of a worker. Exactly one of `done` and `putBack` ends it. */
export interface TakenJob {
  readonly job: Job;
  done(): void;
  /** As when the worker failed or died: the job runs again, at `runAt` at the latest. */
  putBack(runAt: Instant): void;
}

const rank = {
  reconcile: 0,
  apply: 1,
  measure: 2,
  verify: 3,
  egress: 4,
  accessLog: 5,
  hook: 6,
  announce: 7,
  notify: 8,
  trigger: 9,
} as const;
const retryAfter = 1_000;
const livelock = 10_000;

/** `kind:subject`: of the jobs that share it at most one waits and at most one runs. */
function keyOf(job: Job): string {
  if (job.kind === 'reconcile') return `reconcile:${job.release}`;
  if (job.kind === 'hook') return `hook:${job.release}:${job.hook}`;
  if (job.kind === 'trigger') return `trigger:${job.delivery}`;
  if (job.kind === 'announce') return `announce:${job.release}`;
  if (job.kind === 'notify') return `notify:${job.endpoint}`;
  if (job.kind === 'accessLog') return `accessLog:${job.service}:${job.namespace}:${job.cluster}`;
  const subject = job.kind === 'egress' ? job.namespace : job.release;
  return `${job.kind}:${subject}:${job.cluster}`;
}

interface Entry extends WaitingJob {
  readonly key: string;
  readonly place: number;
}

const inTurn = (a: Entry, b: Entry): number =>
  a.runAt - b.runAt || rank[a.job.kind] - rank[b.job.kind] || a.place - b.place;

/** Which of several due jobs somebody takes; without one the first. */
type Choice = (due: readonly WaitingJob[]) => number;

/**
 * Holds jobs in virtual time and hands them out one by one, always in the same
 * order: by moment, then `reconcile` before `apply` before `measure` before `verify` before
 * `egress` before `accessLog` before `hook`, then as they were queued. A unit of work fills it when it commits.
 */
export class InMemoryJobQueue {
  private readonly waiting = new Map<string, Entry>();
  private readonly agenda = new InOrder<Entry>(inTurn);
  private readonly running = new Set<string>();
  private places = 0;

  constructor(private readonly clock: Clock) {}

  add(job: Job, runAt: Instant): void {
    const key = keyOf(job);
    const before = this.waiting.get(key);
    if (before !== undefined && before.runAt <= runAt) return;
    if (before !== undefined) this.agenda.remove(before);
    const entry = { key, job, runAt, place: (this.places += 1) };
    this.waiting.set(key, entry);
    this.agenda.add(entry);
  }

  /** Those that may run now, in the order in which they will be taken. */
  due(now: Instant): readonly WaitingJob[] {
    return this.dueEntries(now).map(({ job, runAt }) => ({ job, runAt }));
  }

  /** When the next job is due; in the past when it is overdue. One that waits for its like to end has no moment yet. */
  nextRunAt(): Instant | undefined {
    for (const { key, runAt } of this.agenda) if (!this.running.has(key)) return runAt;
    return undefined;
  }

  /** Takes a job that is due, as one of any number of workers. */
  take(choose: Choice = () => 0): TakenJob | undefined {
    const due = this.dueEntries(this.clock.now());
    const entry = due.length === 0 ? undefined : due[choose(due)];
    if (entry === undefined) return undefined;
    const { key, job } = entry;
    this.waiting.delete(key);
    this.agenda.remove(entry);
    this.running.add(key);
    return {
      job,
      done: () => this.running.delete(key),
      putBack: (runAt) => {
        this.running.delete(key);
        this.add(job, runAt);
      },
    };
  }

  private dueEntries(now: Instant): readonly Entry[] {
    const due: Entry[] = [];
    for (const entry of this.agenda) {
      if (entry.runAt > now) break;
      if (!this.running.has(entry.key)) due.push(entry);
    }
    return due;
  }

  /** Runs the next job that is due; `undefined` when there is none. A failed job waits a second and its error is thrown. */
  async step(handler: (job: Job) => Promise<void>): Promise<Job | undefined> {
    const taken = this.take();
    if (taken === undefined) return undefined;
    try {
      await handler(taken.job);
      taken.done();
      return taken.job;
    } catch (error) {
      taken.putBack(after(this.clock.now(), retryAfter));
      throw error;
    }
  }

  /** Runs one job after another until none is due at this moment. Returns how many ran. */
  async run(handler: (job: Job) => Promise<void>): Promise<number> {
    for (let ran = 0; ran < livelock; ran += 1) {
      if ((await this.step(handler)) === undefined) return ran;
    }
    throw new InvariantBroken(`${livelock} jobs ran without a moment passing`);
  }
}

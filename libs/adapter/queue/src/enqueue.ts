import type { Job } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import { wokenBy } from './pace.js';
import { putJobs } from './sql.js';

/** A connection inside a transaction. */
export interface Sql {
  query(text: string, values: readonly unknown[]): Promise<unknown>;
}

/** What is stored of a job. `attempt` counts how often it went wrong since it was asked for. */
export interface Entry {
  readonly job: Job;
  readonly attempt: number;
  /** How late it was when it was taken before, and put back because its subject was busy. */
  readonly lateMs?: number;
}

/** A job, and when it is due: now, when absent. */
export interface TimedJob {
  readonly job: Job;
  readonly runAt?: Instant | undefined;
}

/** `kind:subject`: of the jobs that share it at most one waits and at most one runs. */
export function keyOf(job: Job): string {
  if (job.kind === 'reconcile') return `reconcile:${job.release}`;
  if (job.kind === 'hook') return `hook:${job.release}:${job.hook}`;
  if (job.kind === 'trigger') return `trigger:${job.delivery}`;
  if (job.kind === 'announce') return `announce:${job.release}`;
  if (job.kind === 'notify') return `notify:${job.endpoint}`;
  if (job.kind === 'accessLog') return `accessLog:${job.service}:${job.namespace}:${job.cluster}`;
  const subject = job.kind === 'egress' ? job.namespace : job.release;
  return `${job.kind}:${subject}:${job.cluster}`;
}

/**
 * Queues jobs inside the caller's transaction, each as `JobQueue.enqueue` promises.
 * The transaction must be READ COMMITTED, which is what Postgres begins without being asked.
 */
export async function enqueueSql(sql: Sql, jobs: readonly TimedJob[]): Promise<void> {
  const earliest = new Map<string, TimedJob>();
  for (const timed of jobs) {
    const key = keyOf(timed.job);
    const before = earliest.get(key);
    if (before === undefined || momentOf(timed) < momentOf(before)) earliest.set(key, timed);
  }
  const all = [...earliest.values()];
  await put(
    sql,
    all.map(({ job, runAt }) => ({ entry: { job, attempt: 0 }, at: runAt })),
  );
}

const momentOf = ({ runAt }: TimedJob): number => runAt ?? -Infinity;

interface Put {
  readonly entry: Entry;
  /** Now, when absent. */
  readonly at?: Instant | undefined;
  /** Added to `at`. */
  readonly delayMs?: number;
}

/** Like `enqueueSql`, also for jobs that were tried before; each of them once. */
export async function put(sql: Sql, all: readonly Put[]): Promise<void> {
  if (all.length === 0) return;
  const wanted = all.map(({ entry, at = null, delayMs = 0 }) => {
    const { job } = entry;
    return { key: keyOf(job), kind: job.kind, slots: wokenBy(job.kind), entry, at, delayMs };
  });
  await sql.query(putJobs, [JSON.stringify(wanted)]);
}

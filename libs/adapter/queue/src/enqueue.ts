import type { Job } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import { putJob, takeTurn } from './sql.js';

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

interface Due {
  /** Now, when absent. */
  readonly at?: Instant | undefined;
  /** Added to `at`. */
  readonly delayMs?: number;
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
 * Queues a job inside the caller's transaction, as `JobQueue.enqueue` promises.
 * The transaction must be READ COMMITTED, which is what Postgres begins without being asked.
 */
export const enqueueSql = (sql: Sql, job: Job, runAt?: Instant): Promise<void> =>
  put(sql, { job, attempt: 0 }, { at: runAt });

/** Like `enqueueSql`, for a job that was tried before. */
export async function put(sql: Sql, entry: Entry, { at, delayMs = 0 }: Due): Promise<void> {
  const key = keyOf(entry.job);
  await sql.query(takeTurn, [key]);
  await sql.query(putJob, [key, entry.job.kind, JSON.stringify(entry), at ?? null, delayMs]);
}

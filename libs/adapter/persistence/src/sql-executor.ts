import type { Job } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import type { QueryRunner } from 'typeorm';

/** Runs SQL in the transaction that it belongs to. */
export interface SqlExecutor {
  query(
    text: string,
    values: readonly unknown[],
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** Queues a job with the SQL of a transaction, so that it is queued only if that commits. */
export type Enqueue = (sql: SqlExecutor, job: Job, runAt?: Instant) => Promise<void>;

export const sqlExecutor = (runner: QueryRunner): SqlExecutor => ({
  async query(text, values) {
    const { records } = await runner.query(text, [...values], true);
    return records as readonly Readonly<Record<string, unknown>>[];
  },
});

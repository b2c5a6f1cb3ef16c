import type { Job } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import type { QueryRunner } from 'typeorm';
import { preparedQuery } from './prepared-query.js';

/** Runs SQL in the transaction that it belongs to. */
export interface SqlExecutor {
  query(
    text: string,
    values: readonly unknown[],
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** Queues a job with the SQL of a transaction, so that it is queued only if that commits. */
export type Enqueue = (sql: SqlExecutor, job: Job, runAt?: Instant) => Promise<void>;

export const sqlExecutor = ({ manager }: QueryRunner): SqlExecutor => ({
  query: (text, values) => preparedQuery(manager, text, values),
});

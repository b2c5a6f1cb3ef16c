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

/** A job, and when it is due: at once, when absent. */
export interface QueuedJob {
  readonly job: Job;
  readonly runAt?: Instant | undefined;
}

/** Queues jobs with the SQL of a transaction, so that they are queued only if that commits. */
export type Enqueue = (sql: SqlExecutor, jobs: readonly QueuedJob[]) => Promise<void>;

export const sqlExecutor = ({ manager }: QueryRunner): SqlExecutor => ({
  query: (text, values) => preparedQuery(manager, text, values),
});

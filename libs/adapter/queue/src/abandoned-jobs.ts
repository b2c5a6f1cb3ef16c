import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Logger } from '@spillway/application';
import { put, type Entry, type Sql } from './enqueue.js';
import { retryDelay } from './perform.js';
import type { InHand } from './in-hand.js';
import { endStandingStill, findAbandoned, takeAbandoned } from './sql.js';
import type { WorkerSession } from './worker-session.js';

export interface SweepOptions {
  readonly session: WorkerSession;
  readonly inHand: InHand;
  readonly logger: Logger;
  /** Of jobs that this worker can run. */
  readonly kinds: readonly Job['kind'][];
  readonly inTransaction: <T>(work: (sql: RowSql) => Promise<T>) => Promise<T>;
}

/** A connection inside a transaction that also gives rows. */
export interface RowSql extends Sql {
  query(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

const everyMs = 700;

/** A job that was taken runs within a second, or is given back. */
const forgottenMs = 5_000;

/** A worker whose session asks for nothing for so long has lost its jobs. */
const leaseMs = 5_000;

/**
 * Takes jobs from workers that are gone or stand still, and those of its own of which the database
 * forgot that they are done, and queues them again, until the signal aborts. A job must be found twice:
 * a worker whose connection breaks, as all do when the database restarts, has the time between to come
 * back. To look is also what keeps this worker's own jobs its own.
 */
export async function sweepAbandoned(options: SweepOptions, signal: AbortSignal): Promise<void> {
  let suspects: readonly string[] = [];
  while (!signal.aborted) {
    try {
      suspects = await sweep(options, suspects);
    } catch (error) {
      if (signal.aborted) return;
      options.logger.warn({ error: String(error) }, 'the queue could not look for abandoned jobs');
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

async function sweep(
  { session, inHand, logger, kinds, inTransaction }: SweepOptions,
  suspects: readonly string[],
): Promise<readonly string[]> {
  await session.query(endStandingStill, [leaseMs]);
  const own = [...inHand.workers];
  const asked = [kinds, own, forgottenMs, inHand.jobs];
  const found = (await session.query<{ id: string }>(findAbandoned, asked)).map(({ id }) => id);
  const confirmed = found.filter((id) => suspects.includes(id));
  if (confirmed.length === 0) return found;
  await inTransaction(async (sql) => {
    const { rows } = await sql.query(takeAbandoned, [confirmed, own]);
    const left = (rows as readonly { readonly payload: Entry }[]).map(({ payload }) => payload);
    for (const { job, attempt } of left) {
      logger.warn({ ...job, attempt }, 'a job was left by its worker and is queued again');
    }
    await put(
      sql,
      left.map(({ job, attempt }) => ({
        entry: { job, attempt: attempt + 1 },
        delayMs: retryDelay(attempt),
      })),
    );
  });
  return found.filter((id) => !confirmed.includes(id));
}

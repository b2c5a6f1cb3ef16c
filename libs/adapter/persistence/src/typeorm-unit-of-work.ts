import { setTimeout as sleep } from 'node:timers/promises';
import type { How, Reads, Tx, UnitOfWork } from '@spillway/application';
import { instant, type Instant } from '@spillway/kernel';
import type { Client, QueryResult } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import {
  asCodedError,
  isLostConnection,
  isLostRace,
  isUnanswered,
  TakesNoWrites,
} from './database-error.js';
import { takesNoWrites } from './take-writes.js';

const ATTEMPTS = 4;
/** Readings are told no time. */
const noMoment = instant(0);
const beginSql = `start transaction;
  select clock_timestamp() as now, ${takesNoWrites} as "takesNoWrites"`;
/** The commit does not wait for the disk. */
const beginForgettableSql = `${beginSql}, set_config('synchronous_commit', 'off', true)`;

/** Up to 20, 80 and 320 ms: those who got into each other's way come back at different moments. */
const pauseAfter = (attempt: number): number => Math.random() * 5 * 4 ** attempt;

/** A transaction that is being made. */
export interface Draft {
  readonly tx: Tx;
  /** Writes what was left for the end. */
  finish(): Promise<void>;
}

/**
 * Transactions at "read committed": who changes what others change takes a row
 * lock first. A transaction that lost a race all the same, or its connection, is
 * done again from the start, and sees what the winner wrote. When a connection is
 * lost after it was asked to commit, nobody knows whether it did: then the caller
 * is told that the database is away, and whoever repeats a command has a key for it.
 */
export class TypeOrmUnitOfWork implements UnitOfWork {
  constructor(
    private readonly source: DataSource,
    private readonly draftOf: (runner: QueryRunner, now: Instant) => Draft,
  ) {}

  run<T>(work: (tx: Tx) => Promise<T>, how: How = {}): Promise<T> {
    return repeated(async () => {
      const progress = { isCommitting: false };
      try {
        return { result: await this.once(work, how, progress) };
      } catch (error) {
        const isLost = isLostConnection(error) && !progress.isCommitting;
        return { error, mayRepeat: isLostRace(error) || isLost };
      }
    });
  }

  read<T>(work: (stores: Reads) => Promise<T>): Promise<T> {
    return repeated(async () => {
      const runner = this.source.createQueryRunner();
      try {
        return { result: await work(this.draftOf(runner, noMoment).tx) };
      } catch (error) {
        if (isUseless(error)) await hangUp(runner);
        return { error, mayRepeat: isLostConnection(error) };
      } finally {
        await runner.release();
      }
    });
  }

  private async once<T>(
    work: (tx: Tx) => Promise<T>,
    { mayBeForgotten }: How,
    progress: { isCommitting: boolean },
  ): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const sql = mayBeForgotten === true ? beginForgettableSql : beginSql;
      const draft = this.draftOf(runner, await begin(runner, sql));
      const result = await work(draft.tx);
      await draft.finish();
      progress.isCommitting = true;
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await rollBack(runner, error);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

interface Begun {
  readonly now: Date;
  readonly takesNoWrites: boolean;
}

/**
 * Begins a transaction and asks for its time on one way to the database; TypeORM would make two of
 * them. It is told, so that it begins none of its own and knows what to commit.
 */
async function begin(runner: QueryRunner, sql: string): Promise<Instant> {
  const client = (await runner.connect()) as Client;
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
  // Of several statements there are as many results.
  const results = (await client.query(sql)) as unknown as [QueryResult, QueryResult<Begun>];
  const [, { rows }] = results;
  const [row] = rows as [Begun];
  if (row.takesNoWrites) throw new TakesNoWrites();
  return instant(row.now.getTime());
}

type Attempt<T> = { readonly result: T } | { readonly error: unknown; readonly mayRepeat: boolean };

async function repeated<T>(attempt: () => Promise<Attempt<T>>): Promise<T> {
  for (let count = 1; ; count += 1) {
    const made = await attempt();
    if ('result' in made) return made.result;
    if (count === ATTEMPTS || !made.mayRepeat) throw asCodedError(made.error);
    await sleep(pauseAfter(count));
  }
}

/** A connection that is lost has rolled back by itself; its error would hide the first one. */
async function rollBack(runner: QueryRunner, error: unknown): Promise<void> {
  if (isUseless(error)) return hangUp(runner);
  if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
}

const isUseless = (error: unknown): boolean => isUnanswered(error) || isLostConnection(error);

/**
 * A rollback would wait behind the query that is not answered, and whoever got
 * the connection next behind both; and one to a server that takes no writes any more
 * would fail everybody who gets it. The pool drops a connection that was ended.
 */
async function hangUp(runner: QueryRunner): Promise<void> {
  const client = (await runner.connect().catch(() => undefined)) as Client | undefined;
  void client?.end().catch(() => undefined);
}

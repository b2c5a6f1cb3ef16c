import type { Reads, Tx, UnitOfWork } from '@spillway/application';
import { instant, type Instant } from '@spillway/kernel';
import type { Client } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { asCodedError, isLostRace, isUnanswered } from './database-error.js';

const ATTEMPTS = 3;
/** Readings are told no time. */
const noMoment = instant(0);
const nowSql = 'select clock_timestamp() as now';

/**
 * Transactions at "read committed": who changes what others change takes a row
 * lock first. A transaction that lost a race all the same is done again from
 * the start, and sees what the winner wrote.
 */
export class TypeOrmUnitOfWork implements UnitOfWork {
  constructor(
    private readonly source: DataSource,
    private readonly txOf: (runner: QueryRunner, now: Instant) => Tx,
  ) {}

  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isLostRace(error)) throw asCodedError(error);
      }
    }
  }

  async read<T>(work: (stores: Reads) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      return await work(this.txOf(runner, noMoment));
    } catch (error) {
      if (isUnanswered(error)) await hangUp(runner);
      throw asCodedError(error);
    } finally {
      await runner.release();
    }
  }

  private async once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.startTransaction();
      const [row] = (await runner.query(nowSql)) as [{ now: Date }];
      const result = await work(this.txOf(runner, instant(row.now.getTime())));
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

/** A connection that is lost has rolled back by itself; its error would hide the first one. */
async function rollBack(runner: QueryRunner, error: unknown): Promise<void> {
  if (isUnanswered(error)) return hangUp(runner);
  if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
}

/**
 * A rollback would wait behind the query that is not answered, and whoever got
 * the connection next behind both. The pool drops a connection that was ended.
 */
async function hangUp(runner: QueryRunner): Promise<void> {
  const client = (await runner.connect()) as Client;
  void client.end();
}

import type { Job, JobQueue, Logger } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { instant, type Instant } from '@spillway/kernel';
import { freshDatabase } from '@spillway/testing/postgres';
import pg from 'pg';
import { enqueueSql, startWorker, type RunningWorker } from '../index.js';

type QueueTx = { readonly now: Instant; readonly jobs: JobQueue };

/** A queue in a database of its own, and workers that are stopped at its end. */
export class QueueBench {
  readonly warnings: string[] = [];
  /** Without their fields. */
  readonly said: string[] = [];
  private readonly workers = new Set<RunningWorker>();

  private constructor(
    readonly url: string,
    readonly pool: pg.Pool,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<QueueBench> {
    const database = await freshDatabase();
    return QueueBench.at(database.url, () => database.drop());
  }

  static at(url: string, drop: () => Promise<void>): QueueBench {
    const pool = new pg.Pool({ connectionString: url });
    pool.on('error', () => undefined);
    return new QueueBench(url, pool, drop);
  }

  readonly logger: Logger = {
    info: (_, message) => void this.said.push(message),
    warn: (fields, message) => void this.warnings.push(`${message} ${JSON.stringify(fields)}`),
    error: (fields, message) => void this.warnings.push(`${message} ${JSON.stringify(fields)}`),
  };

  /** The unit of work that the contract asks for, with nothing but jobs in it. */
  readonly uow = {
    run: async <T>(work: (tx: QueueTx) => Promise<T>): Promise<T> => {
      const tx = await this.begin();
      try {
        const result = await work(tx);
        await tx.commit();
        return result;
      } catch (error) {
        await tx.rollback();
        throw error;
      }
    },
  };

  /** A transaction that the test ends when it likes. */
  async begin(): Promise<QueueTx & { commit(): Promise<void>; rollback(): Promise<void> }> {
    const sql = await this.pool.connect();
    await sql.query('begin');
    const { rows } = await sql.query<{ ms: number }>(
      `select (extract(epoch from now()) * 1000)::float8 as ms`,
    );
    const end = (how: 'commit' | 'rollback') => async () => {
      await sql.query(how);
      sql.release();
    };
    return {
      now: instant(rows[0]?.ms ?? NaN),
      jobs: { enqueue: (job, runAt) => enqueueSql(asSql(sql), [{ job, runAt }]) },
      commit: end('commit'),
      rollback: end('rollback'),
    };
  }

  enqueue(...jobs: readonly Job[]): Promise<void> {
    return this.uow.run(async (tx) => {
      for (const job of jobs) await tx.jobs.enqueue(job);
    });
  }

  async worker(
    handle: (job: Job) => Promise<void>,
    { concurrency = 2, ...role }: { concurrency?: number; role?: 'worker' | 'writer' } = {},
  ): Promise<RunningWorker> {
    const { url: connectionString, logger } = this;
    const options = { connectionString, concurrency, workerName: 'test', logger, handle };
    const worker = await startWorker({ ...options, ...role });
    this.workers.add(worker);
    return {
      idle: () => worker.idle(),
      stop: () => {
        this.workers.delete(worker);
        return worker.stop();
      },
    };
  }

  async drain(handler: (job: Job) => Promise<void>): Promise<void> {
    const worker = await this.worker(handler);
    await until(async () => (await this.count('run_at <= now() or locked_at is not null')) === 0);
    await worker.stop();
  }

  /** Jobs in the queue of which the condition is true. */
  async count(condition = 'true'): Promise<number> {
    const { rows } = await this.pool.query<{ n: number }>(
      `select count(*)::int as n from graphile_worker._private_jobs where ${condition}`,
    );
    return rows[0]?.n ?? NaN;
  }

  async close(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => worker.stop()));
    await this.pool.end();
    await this.drop();
  }
}

const asSql = (client: pg.PoolClient) => ({
  query: (text: string, values: readonly unknown[]) => client.query(text, [...values]),
});

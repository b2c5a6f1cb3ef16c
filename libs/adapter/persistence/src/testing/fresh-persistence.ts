import type { Logger } from '@spillway/application';
import { freshDatabase } from '@spillway/testing/postgres';
import pg from 'pg';
import type { PersistenceConfig } from '../persistence-config.js';
import { createPersistence, type Persistence } from '../persistence.js';
import { createSealer, type Sealer } from '../sealer.js';
import type { Enqueue } from '../sql-executor.js';

export const silent: Logger = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const configFor = (url: string): PersistenceConfig => ({
  url,
  poolSize: 5,
  statementTimeoutMs: 10_000,
  lockTimeoutMs: 10_000,
  connectTimeoutMs: 5_000,
});

/** Jobs as rows of the table that the real queue has, without its package. */
export const enqueue: Enqueue = async (sql, jobs) => {
  for (const { job, runAt } of jobs) {
    const at = runAt === undefined ? null : new Date(runAt);
    const values = [job.kind, JSON.stringify(job), at];
    await sql.query(
      `select graphile_worker.add_job($1, $2::json, run_at => coalesce($3, now()))`,
      values,
    );
  }
};

const testSealer = createSealer(Buffer.alloc(32, 7).toString('base64'));

export const openPersistence = (url: string, sealer: Sealer = testSealer): Promise<Persistence> =>
  createPersistence({ config: configFor(url), sealer, enqueue, logger: silent });

export interface FreshPersistence extends Persistence {
  readonly url: string;
  /** What somebody with a database client sees and does. */
  sql(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** On a database of its own; `close` drops that. */
export async function freshPersistence(): Promise<FreshPersistence> {
  const database = await freshDatabase();
  const persistence = await openPersistence(database.url);
  return {
    ...persistence,
    url: database.url,
    sql: (text) => query(database.url, text),
    async close() {
      await persistence.close();
      await database.drop();
    },
  };
}

async function query(url: string, text: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Readonly<Record<string, unknown>>>({ text });
    return rows;
  } finally {
    await client.end();
  }
}

import type { Logger } from '@spillway/application';
import { freshDatabase } from '@spillway/testing/postgres';
import type { PersistenceConfig } from '../persistence-config.js';
import { createPersistence, type Persistence } from '../persistence.js';
import { createSealer } from '../sealer.js';
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
export const enqueue: Enqueue = async (sql, job, runAt) => {
  const at = runAt === undefined ? null : new Date(runAt);
  await sql.query(`select graphile_worker.add_job($1, $2::json, run_at => coalesce($3, now()))`, [
    job.kind,
    JSON.stringify(job),
    at,
  ]);
};

export const openPersistence = (url: string): Promise<Persistence> =>
  createPersistence({
    config: configFor(url),
    sealer: createSealer(Buffer.alloc(32, 7).toString('base64')),
    enqueue,
    logger: silent,
  });

/** On a database of its own; `close` drops that. */
export async function freshPersistence(): Promise<Persistence & { readonly url: string }> {
  const database = await freshDatabase();
  const persistence = await openPersistence(database.url);
  return {
    ...persistence,
    url: database.url,
    async close() {
      await persistence.close();
      await database.drop();
    },
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import { createMigrationSource } from './data-source.js';
import { asCodedError } from './database-error.js';
import { missingMigrations } from './missing-migrations.js';
import type { PersistenceConfig } from './persistence-config.js';

/** The database's tables against those that this version needs. */
export interface Schema {
  /** Names of migrations that the database does not have, in their order. Changes nothing. */
  pending(): Promise<readonly string[]>;
  /** Runs them, waiting for another process that is just doing it, and gives the names of those that it ran. */
  migrate(): Promise<readonly string[]>;
}

/** Asked again and again: who waits in the database has a snapshot, and an index that is built beside writes waits for all of those. */
const lockSql = `select pg_try_advisory_lock(hashtextextended('spillway/migrations', 0)) as locked`;
const askAgainMs = 200;
const unlockSql = `select pg_advisory_unlock(hashtextextended('spillway/migrations', 0))`;

export function createSchema(source: DataSource, config: PersistenceConfig): Schema {
  return {
    pending: () => missingMigrations((sql) => source.query(sql)).catch(rethrow),
    migrate: () => migrate(createMigrationSource(config)).catch(rethrow),
  };
}

function rethrow(error: unknown): never {
  throw asCodedError(error);
}

async function hasLocked(holder: QueryRunner): Promise<boolean> {
  const [row] = (await holder.query(lockSql)) as readonly { readonly locked: boolean }[];
  return row?.locked === true;
}

async function migrate(source: DataSource): Promise<readonly string[]> {
  await source.initialize();
  const holder = source.createQueryRunner();
  try {
    while (!(await hasLocked(holder))) await pause(askAgainMs);
    const done = await source.runMigrations({ transaction: 'each' });
    await holder.query(unlockSql);
    return done.map(({ name }) => name);
  } finally {
    await holder.release();
    await source.destroy();
  }
}

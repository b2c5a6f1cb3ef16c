import { migrations, migrationsTableName } from '@spillway/migrations';
import type { DataSource } from 'typeorm';
import { createMigrationSource } from './data-source.js';
import { asCodedError } from './database-error.js';
import type { PersistenceConfig } from './persistence-config.js';

/** The database's tables against those that this version needs. */
export interface Schema {
  /** Names of migrations that the database does not have, in their order. Changes nothing. */
  pending(): Promise<readonly string[]>;
  /** Runs them, waiting for another process that is just doing it, and gives the names of those that it ran. */
  migrate(): Promise<readonly string[]>;
}

const tableExistsSql = 'select to_regclass($1) is not null as exists';
const lockSql = `select pg_advisory_lock(hashtextextended('spillway/migrations', 0))`;
const unlockSql = `select pg_advisory_unlock(hashtextextended('spillway/migrations', 0))`;

export function createSchema(source: DataSource, config: PersistenceConfig): Schema {
  return {
    pending: () => pending(source).catch(rethrow),
    migrate: () => migrate(createMigrationSource(config)).catch(rethrow),
  };
}

function rethrow(error: unknown): never {
  throw asCodedError(error);
}

async function pending(source: DataSource): Promise<readonly string[]> {
  const names = migrations.map(({ name }) => name);
  const [table] = await source.query<[{ exists: boolean }]>(tableExistsSql, [migrationsTableName]);
  if (!table.exists) return names;
  const done = await source.query<{ name: string }[]>(`select name from ${migrationsTableName}`);
  return names.filter((name) => !done.some((row) => row.name === name));
}

async function migrate(source: DataSource): Promise<readonly string[]> {
  await source.initialize();
  const holder = source.createQueryRunner();
  try {
    await holder.query(lockSql);
    const done = await source.runMigrations({ transaction: 'each' });
    await holder.query(unlockSql);
    return done.map(({ name }) => name);
  } finally {
    await holder.release();
    await source.destroy();
  }
}

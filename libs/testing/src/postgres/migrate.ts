import { migrations, migrationsTableName } from '@spillway/migrations';
import { runMigrations } from 'graphile-worker';
import { DataSource } from 'typeorm';

/** Brings an empty database to the schema of this build, before any process of Spillway is there. */
export async function migrate(url: string): Promise<void> {
  const source = new DataSource({ type: 'postgres', url, migrations, migrationsTableName });
  await source.initialize();
  try {
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await source.destroy();
  }
  await runMigrations({ connectionString: url });
}

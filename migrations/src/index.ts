import type { MigrationInterface } from 'typeorm';

/** In order; the first that is missing in `migrationsTableName` is run next. */
export const migrations: (new () => MigrationInterface)[] = [];

export const migrationsTableName = 'schema_migrations';

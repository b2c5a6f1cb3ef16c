export {
  createPersistence,
  type Persistence,
  type PersistenceOptions,
  type PoolStanding,
} from './persistence.js';
export type { DatabaseTls, PersistenceConfig } from './persistence-config.js';
export type { Schema } from './schema.js';
export { openProbe, type Probe, type ProbeRow } from './probe.js';
export { missingMigrations } from './missing-migrations.js';
export { releaseStandingSql } from './release/standing-sql.js';
export { createSealer, type Sealer } from './sealer.js';
export type { Enqueue, SqlExecutor } from './sql-executor.js';

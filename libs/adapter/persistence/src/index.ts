export { createPersistence, type Persistence, type PersistenceOptions } from './persistence.js';
export type { DatabaseTls, PersistenceConfig } from './persistence-config.js';
export type { Schema } from './schema.js';
export { createSealer, type Sealer } from './sealer.js';
export type { Enqueue, SqlExecutor } from './sql-executor.js';

export * from './fresh-database.js';
export * from './migrate.js';
export * from './start-postgres.js';

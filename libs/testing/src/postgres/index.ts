export * from './fresh-database.js';
export * from './start-postgres.js';

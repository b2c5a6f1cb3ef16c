import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Logger } from '@spillway/application';
import { toGraphileLogger } from './graphile-logger.js';
import { connectionOptions, type QueueDatabase } from './queue-database.js';

/** Makes or updates the tables of the queue. Any number of processes may do so at once. */
export async function installQueueSchema(database: QueueDatabase, logger: Logger): Promise<void> {
  const pgPool = new pg.Pool({ ...connectionOptions(database), max: 2 });
  const heard = (error: Error): void => logger.warn({ error: error.message }, 'connection lost');
  pgPool.on('error', heard);
  pgPool.on('connect', (client) => client.on('error', heard));
  try {
    await runMigrations({ pgPool, logger: toGraphileLogger(logger) });
  } finally {
    await pgPool.end();
  }
}

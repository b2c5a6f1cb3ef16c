import { runMigrations } from 'graphile-worker';
import type { Logger } from '@spillway/application';
import { toGraphileLogger } from './graphile-logger.js';

/** Makes or updates the tables of the queue. Any number of processes may do so at once. */
export const installQueueSchema = (connectionString: string, logger: Logger): Promise<void> =>
  runMigrations({ connectionString, logger: toGraphileLogger(logger) });

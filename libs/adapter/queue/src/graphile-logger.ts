import { Logger as GraphileLogger } from 'graphile-worker';
import type { Logger } from '@spillway/application';

/**
 * Passes on what went wrong and drops the rest, which is a line for each job.
 * All of it heals by itself here, so even its errors are warnings.
 */
export const toGraphileLogger = (logger: Logger): GraphileLogger =>
  new GraphileLogger((scope) => (level, message) => {
    const wrong: readonly string[] = ['error', 'warning'];
    if (wrong.includes(level)) logger.warn({ ...scope }, `queue: ${message}`);
  });

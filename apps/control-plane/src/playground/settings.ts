import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { loadConfig, type Config } from '../config/load-config.js';

const usualPort = 8080;

/** A configuration for one sitting: its secrets are as short-lived as its data. */
export async function playgroundConfig(
  databaseUrl: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Config> {
  const port = env['SPILLWAY_PORT'] ?? String((await isFree(usualPort)) ? usualPort : 0);
  return loadConfig({
    DATABASE_URL: databaseUrl,
    SPILLWAY_ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    SPILLWAY_MIGRATE: 'true',
    SPILLWAY_LOG_LEVEL: env['SPILLWAY_LOG_LEVEL'] ?? 'error',
    SPILLWAY_PORT: port,
    // Everything of a playground is on this machine.
    SPILLWAY_OUTGOING_ALLOW: '127.0.0.0/8, ::1',
  });
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}

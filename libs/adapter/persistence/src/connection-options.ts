import type { SecureContextOptions } from 'node:tls';
import type { ClientConfig } from 'pg';
import type { DatabaseTls, PersistenceConfig } from './persistence-config.js';
import { parseDatabaseUrl } from './persistence-config.js';

/** The server ends what takes too long; the client gives up a little later, on a server that is gone. */
const GRACE_MS = 2_000;

/**
 * How long a transaction may wait for its client. A worker whose machine vanishes
 * in the middle of one keeps its row locks this long, and whoever wants to abort
 * that release waits for them no longer than `lockTimeoutMs`, 5 s unless set
 * otherwise. An honest transaction waits for nothing but the database, so only a
 * process that stands still for this long is hit; its work is rolled back and done again.
 */
const IDLE_IN_TRANSACTION_MS = 3_000;

export const timeouts = ({ statementTimeoutMs, lockTimeoutMs }: PersistenceConfig) => ({
  statement_timeout: statementTimeoutMs,
  lock_timeout: lockTimeoutMs,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  query_timeout: statementTimeoutMs + GRACE_MS,
  keepAlive: true,
});

export const tlsOptions = (
  tls: DatabaseTls | undefined,
): (SecureContextOptions & { rejectUnauthorized: true; servername?: string }) | false =>
  tls === undefined
    ? false
    : {
        rejectUnauthorized: true,
        ...(tls.ca === undefined ? {} : { ca: tls.ca }),
        ...(tls.cert === undefined ? {} : { cert: tls.cert }),
        ...(tls.key === undefined ? {} : { key: tls.key }),
        ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
      };

/** For a connection outside the pool. */
export const clientConfig = (config: PersistenceConfig): ClientConfig => ({
  ...parseDatabaseUrl(config.url),
  ...timeouts(config),
  ssl: tlsOptions(config.tls),
  connectionTimeoutMillis: config.connectTimeoutMs,
  application_name: 'spillway',
});

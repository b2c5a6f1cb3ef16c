import pg from 'pg';
import { clientConfig } from './connection-options.js';
import { asCodedError } from './database-error.js';
import type { PersistenceConfig } from './persistence-config.js';

export type ProbeRow = Readonly<Record<string, unknown>>;

/**
 * A way to the database for instruments, beside the pool: no work waits for it, and it does not
 * wait for work. Nothing is open while nobody asks.
 */
export interface Probe {
  /** Throws `DATABASE_UNAVAILABLE` within some two seconds. */
  ask(sql: string): Promise<readonly ProbeRow[]>;
  close(): Promise<void>;
}

/** One for who scrapes, one for who asks whether the process is ready. */
const connections = 2;
const answerMs = 1_000;
/** Longer than between two scrapes, as a rule. */
const idleMs = 30_000;

export function openProbe(config: PersistenceConfig): Probe {
  const pool = new pg.Pool({
    ...clientConfig(config),
    application_name: 'spillway probe',
    max: connections,
    connectionTimeoutMillis: answerMs,
    statement_timeout: answerMs,
    query_timeout: answerMs + 200,
    idleTimeoutMillis: idleMs,
    allowExitOnIdle: true,
  });
  // A connection that breaks is told to whoever asks next.
  pool.on('error', () => undefined);
  return {
    async ask(sql) {
      try {
        const { rows } = await pool.query<ProbeRow>(sql);
        return rows;
      } catch (error) {
        throw asCodedError(error);
      }
    },
    close: () => pool.end(),
  };
}

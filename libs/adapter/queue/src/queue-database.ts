import type { ClientConfig } from 'pg';

/** How the queue reaches its database: as everything else does, for a job commits with what it follows from. */
export interface QueueDatabase {
  readonly connectionString: string;
  /** Absent: no TLS. Present: the server's certificate is always checked. */
  readonly tls?: {
    /** PEM of the authority that signed it, where it is a private one. */
    readonly ca?: string;
  };
}

/** A worker whose machine vanishes while it queues a job keeps others from queueing that job for no longer than this. */
const idleInTransactionMs = 3_000;

export const connectionOptions = ({ connectionString, tls }: QueueDatabase): ClientConfig => ({
  connectionString,
  ssl: tls === undefined ? false : { rejectUnauthorized: true, ...tls },
  idle_in_transaction_session_timeout: idleInTransactionMs,
});

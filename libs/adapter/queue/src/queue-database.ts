import type { ClientBase, ClientConfig } from 'pg';
import { takesNoWrites } from './sql.js';

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

/**
 * Rejects a connection to a standby. Locks can be had there too, and would keep nobody from
 * anything: while a standby takes over, a worker must not believe that it holds its jobs.
 */
export async function refuseStandby(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ takesNoWrites: boolean }>(takesNoWrites);
  if (rows[0]?.takesNoWrites === true) throw new Error('the server takes no writes');
}

/**
 * For a pool, which asks each of its connections before it is given out. Its commits do not wait for
 * the disk: that a job was taken or is done may be forgotten by a server that crashes, which brings it
 * again. What the job did was written before, so nothing is forgotten of which this one knows.
 */
export const poolOptions = (
  database: QueueDatabase,
): ClientConfig & { readonly onConnect: typeof prepare } => ({
  ...connectionOptions(database),
  onConnect: prepare,
});

async function prepare(client: ClientBase): Promise<void> {
  await refuseStandby(client);
  await client.query('set synchronous_commit = off');
}

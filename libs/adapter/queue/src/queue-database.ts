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

export const connectionOptions = ({ connectionString, tls }: QueueDatabase): ClientConfig => ({
  connectionString,
  ssl: tls === undefined ? false : { rejectUnauthorized: true, ...tls },
});

import type { ConnectionOptions } from 'node:tls';
import type { Result } from '@spillway/kernel';

/** Where an API server is, and how to show it who asks. */
export interface ApiServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly tls: Pick<
    ConnectionOptions,
    'ca' | 'cert' | 'key' | 'servername' | 'rejectUnauthorized'
  >;
  /** The URL of a proxy that speaks HTTP. */
  readonly proxy?: string;
  /** Those that sign a call. Asked for before each: the token of a pod is replaced while it runs. */
  headers(): Promise<Readonly<Record<string, string>>>;
}

/** The way to an API server, or in a sentence why there is none. */
export type FoundServer = Result<ApiServer, string>;

import { CodedError } from '@spillway/kernel';

/** How the database is reached. All times in milliseconds. */
export interface PersistenceConfig {
  /**
   * `postgres://user:password@host:port/database`, without parameters. One address: where a standby
   * takes over, the one that leads to the server that takes writes.
   */
  readonly url: string;
  /** Connections for transactions; the release feed has one more. */
  readonly poolSize: number;
  /** Without it nothing is encrypted. With it the server's certificate is always verified. */
  readonly tls?: DatabaseTls;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  /** Also how long a transaction waits for a free connection. */
  readonly connectTimeoutMs: number;
}

/** PEM texts. */
export interface DatabaseTls {
  /** The authority that signed the server's certificate, where it is a private one. */
  readonly ca?: string;
  /** The client's certificate and key, where the server asks for one. */
  readonly cert?: string;
  readonly key?: string;
  /** The name in the server's certificate, where it is not the host in the URL. */
  readonly serverName?: string;
}

/** Where and as whom to connect. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Throws `INVALID_CONFIGURATION`, and never repeats the URL: it holds a password. */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  if (severalHosts.test(text)) throw severalServers();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isDatabase(url)) {
    throw invalid(
      'The database URL is not of the form postgres://user:password@host:port/database.',
    );
  }
  // "sslmode=require" must not look as if it were obeyed.
  if (url.search !== '') throw invalid(`The database URL has parameters: ${url.search}.`);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 5432 : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}

const isDatabase = ({ protocol, hostname, pathname }: URL): boolean =>
  /^postgres(?:ql)?:$/.test(protocol) && hostname !== '' && pathname.length > 1;

/** As libpq takes them and the driver does not. */
const severalHosts = /^[^/]*\/\/(?:[^@/]*@)?[^@/]*,[^@/]*(?:\/|$)/;

const severalServers = (): CodedError =>
  new CodedError(
    'INVALID_CONFIGURATION',
    'The database URL names several servers.',
    'Name one address that leads to whichever of them takes writes, as a failover moves it.',
  );

const invalid = (message: string): CodedError =>
  new CodedError(
    'INVALID_CONFIGURATION',
    message,
    'Write the URL without parameters, and TLS and time-outs as settings of their own.',
  );

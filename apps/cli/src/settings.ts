import { UsageError } from './usage-error.js';

export type Format = 'table' | 'json' | 'yaml';

/** The options that every command takes, as they came. */
export interface GlobalOptions {
  /** `text` is another word for `table`. */
  readonly output: Format | 'text';
  readonly url?: string;
  readonly token?: string;
}

export interface Settings {
  readonly baseUrl: string;
  readonly token: string;
}

const defaultUrl = 'http://127.0.0.1:8080';

export const formatOf = ({ output }: GlobalOptions): Format =>
  output === 'text' ? 'table' : output;

/** Options win over the environment. An empty variable counts as none. */
export function settingsOf(
  options: GlobalOptions,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  return {
    baseUrl: address(options.url ?? (env['SPILLWAY_URL'] || defaultUrl)),
    token: secret(options.token ?? env['SPILLWAY_TOKEN'] ?? ''),
  };
}

function address(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && url.username + url.password !== '') {
    throw new UsageError(
      'The address of the server has a user or a password in it.',
      'Leave them out of it, and set SPILLWAY_TOKEN.',
    );
  }
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new UsageError(
    `"${text}" is not the address of a server.`,
    `Write --url or SPILLWAY_URL as http(s)://host:port, such as ${defaultUrl}.`,
  );
}

/** A trailing newline is what reading a token from a file often leaves. */
function secret(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError(
    token === '' ? 'No token is given.' : 'The token has characters that no token has.',
    'Set SPILLWAY_TOKEN to a service token of the server.',
  );
}

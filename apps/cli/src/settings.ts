import { contextNamed, type ConfigFile, type Context } from './context/config-file.js';
import { UsageError } from './usage-error.js';

export type Format = 'table' | 'json' | 'yaml';

/** The options that every command takes, as they came. */
export interface GlobalOptions {
  /** `text` is another word for `table`. */
  readonly output: Format | 'text';
  readonly quiet?: boolean;
  readonly url?: string;
  readonly token?: string;
  readonly useContext?: string;
}

export interface Settings {
  readonly baseUrl: string;
  readonly token: string;
  /** Whose server and token these are, where a login is used. */
  readonly context?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

export const defaultUrl = 'http://127.0.0.1:8080';

export const formatOf = ({ output }: Pick<GlobalOptions, 'output'>): Format =>
  output === 'text' ? 'table' : output;

/** The format that a command line asks for, also where the rest of it is not understood. */
export function formatIn(argv: readonly string[]): Format {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  const asked = options.flatMap((word, index) => {
    if (word === '-o' || word === '--output') return options[index + 1] ?? [];
    return /^(?:-o|--output=)(.+)$/.exec(word)?.[1] ?? [];
  });
  const last = asked.at(-1);
  return last === 'json' || last === 'yaml' ? last : 'table';
}

/** Whether what is remembered of a login is needed at all; scripts bring address and token themselves. */
export const needsLogin = (options: GlobalOptions, env: Env): boolean =>
  [options.useContext, env['SPILLWAY_CONTEXT']].some(Boolean) ||
  ![options.url ?? env['SPILLWAY_URL'], options.token ?? env['SPILLWAY_TOKEN']].every(Boolean);

/**
 * Options win over the environment, and both over a login; a context that was asked for by name
 * is an option. An empty variable counts as none. A token goes only to the server that it was
 * given for: with another address, that of the login is not used.
 */
export function settingsOf(options: GlobalOptions, env: Env, config: ConfigFile): Settings {
  const login = loginIn(options, env, config);
  const said = options.useContext === undefined ? fromEnv(env) : {};
  const baseUrl = address(firstOf(options.url, said.url, login?.url, defaultUrl));
  const own = login !== undefined && isSameServer(login.url, baseUrl) ? login : undefined;
  const token = secret(firstOf(options.token, said.token, own?.token));
  return own === undefined ? { baseUrl, token } : { baseUrl, token, context: own.name };
}

const firstOf = (...texts: readonly (string | undefined)[]): string =>
  texts.find((text) => text !== undefined) ?? '';

/** The login that is named, or else the one in use. */
function loginIn(
  { useContext }: GlobalOptions,
  env: Env,
  config: ConfigFile,
): (Context & { readonly name: string }) | undefined {
  const name = useContext ?? (env['SPILLWAY_CONTEXT'] || config.current);
  return name === undefined ? undefined : { ...contextNamed(config, name), name };
}

const fromEnv = (env: Env): { url?: string | undefined; token?: string | undefined } => ({
  url: env['SPILLWAY_URL'] || undefined,
  token: env['SPILLWAY_TOKEN'] || undefined,
});

const isSameServer = (one: string, other: string): boolean =>
  URL.canParse(one) && new URL(one).origin === new URL(other).origin;

export function address(text: string): string {
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
export function secret(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError(
    token === '' ? 'No token is given.' : 'The token has characters that no token has.',
    'Set SPILLWAY_TOKEN to a token of the server, or run "spillway login".',
  );
}

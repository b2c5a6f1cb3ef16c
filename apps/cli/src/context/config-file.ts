import { parse, stringify } from 'yaml';
import type { Io } from '../io.js';
import { UsageError } from '../usage-error.js';

/** A server, and who one is there. */
export interface Context {
  readonly url: string;
  readonly token?: string;
}

/** What `login` remembers. */
export interface ConfigFile {
  readonly current?: string | undefined;
  readonly contexts: Readonly<Record<string, Context>>;
}

type Env = Io['env'];

/** As https://specifications.freedesktop.org/basedir has it, unless SPILLWAY_CONFIG says otherwise. */
export function configPath(env: Env): string | undefined {
  if (env['SPILLWAY_CONFIG']) return env['SPILLWAY_CONFIG'];
  const base = env['XDG_CONFIG_HOME'] || (env['HOME'] && `${env['HOME']}/.config`);
  const folder = base || env['APPDATA'];
  return folder && `${folder}/spillway/config.yaml`;
}

/** Nobody has logged in: no file, or no place for one. */
const none: ConfigFile = { contexts: {} };

export async function readConfig(io: Pick<Io, 'env' | 'readFile'>): Promise<ConfigFile> {
  const path = configPath(io.env);
  if (path === undefined) return none;
  const text = await io.readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw new UsageError(`${path} cannot be read: ${String(error)}.`, 'See who may read it.');
  });
  return text === undefined ? none : understood(text, path);
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && /\b(?:ENOENT|ENOTDIR)\b/.test(error.message);

function understood(text: string, path: string): ConfigFile {
  try {
    const config: unknown = parse(text) ?? none;
    if (isConfig(config)) return config;
  } catch {
    // The same advice serves for what is no YAML.
  }
  throw new UsageError(
    `${path} is not a configuration of spillway.`,
    'Remove it and log in again, or set SPILLWAY_CONFIG to another file.',
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isContext = (value: unknown): value is Context =>
  isRecord(value) &&
  typeof value['url'] === 'string' &&
  ['string', 'undefined'].includes(typeof value['token']);

const isConfig = (value: unknown): value is ConfigFile =>
  isRecord(value) &&
  ['string', 'undefined'].includes(typeof value['current']) &&
  isRecord(value['contexts']) &&
  Object.values(value['contexts']).every(isContext);

export async function writeConfig(
  io: Pick<Io, 'env' | 'writePrivateFile'>,
  config: ConfigFile,
): Promise<string> {
  const path = configPath(io.env);
  if (path === undefined) {
    throw new UsageError(
      'There is no place to remember this at.',
      'Set SPILLWAY_CONFIG to a file, or HOME.',
    );
  }
  await io.writePrivateFile(path, stringify(config));
  return path;
}

export function contextNamed(config: ConfigFile, name: string): Context {
  const found = Object.hasOwn(config.contexts, name) ? config.contexts[name] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(config.contexts);
  const known = names.length === 0 ? 'There is none yet.' : `There are ${names.join(', ')}.`;
  throw new UsageError(
    `There is no context "${name}". ${known}`,
    'Run "spillway login" to add it, or "spillway context list".',
  );
}

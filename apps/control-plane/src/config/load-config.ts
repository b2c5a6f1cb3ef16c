import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ProviderSettings } from '@spillway/adapter-identity';
import type { TracingSettings } from '@spillway/adapter-telemetry';
import { CodedError } from '@spillway/kernel';
import { readIdentityProviders } from './identity-providers.js';
import { environment, type Environment } from './environment.js';
import { graphqlOf, type GraphqlSettings } from './graphql-settings.js';
import { loopback } from './loopback.js';
import { metricsAccessOf, type MetricsAccess } from './metrics-access.js';
import { tracingOf } from './tracing-of.js';

export type Role = Environment['SPILLWAY_ROLE'];

/** Whether it serves the API; those who do not answer for their health only. */
export const servesApi = (role: Role): boolean => role === 'api' || role === 'all';

/** What the process was told, parsed once. Nothing else reads the environment. */
export interface Config {
  readonly role: Role;
  readonly host: string;
  readonly port: number;
  readonly token: string;
  /** True when the token was made here, so that it has to be shown. */
  readonly isTokenNew: boolean;
  /** Whose tokens are believed besides Spillway's own. */
  readonly identityProviders: readonly ProviderSettings[];
  readonly encryptionKey: string;
  /** They only open: what the key before has sealed, or the next one will seal. */
  readonly otherEncryptionKeys: readonly string[];
  readonly migrate: boolean;
  readonly database: {
    readonly url: string;
    readonly poolSize: number;
    readonly statementTimeoutMs: number;
    readonly lockTimeoutMs: number;
    readonly tls?: { readonly ca?: string };
  };
  /** Where people reach Spillway. */
  readonly publicUrl?: string;
  readonly workerConcurrency: number;
  /** Hosts, addresses and networks that may be called though they are not public. */
  readonly outgoingAllow: readonly string[];
  readonly http: {
    readonly requestsPerMinute: number;
    readonly failedLoginsPerMinute: number;
    readonly corsOrigins: readonly string[];
    readonly trustedProxies: readonly string[];
    readonly maxConnections: number;
  };
  readonly graphql: GraphqlSettings;
  readonly metrics: MetricsAccess;
  readonly logLevel: Environment['SPILLWAY_LOG_LEVEL'];
  /** Absent: there are no traces. */
  readonly tracing: TracingSettings | undefined;
}

/**
 * Throws `INVALID_CONFIGURATION` with every problem at once, each with what to
 * write instead. A setting that starts with SPILLWAY_ and is not known is a
 * problem too: a typing error would otherwise be a default.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(withoutEmpty(env));
  const problems = [
    ...(parsed.success
      ? []
      : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)),
    ...unknownSettings(env),
  ];
  if (parsed.success && parsed.data.SPILLWAY_TOKEN === undefined && !isLoopback(parsed.data)) {
    problems.push('SPILLWAY_TOKEN: needed when SPILLWAY_HOST is not loopback');
  }
  if (!parsed.success || problems.length > 0) {
    throw new CodedError(
      'INVALID_CONFIGURATION',
      `The environment is not right:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
      'See docs/guides/configuration.md for every setting.',
    );
  }
  return toConfig(parsed.data);
}

const isLoopback = ({ SPILLWAY_HOST }: Environment): boolean => loopback.has(SPILLWAY_HOST);

/** Compose files give an empty text for a variable that is not set. */
const withoutEmpty = (env: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

const unknownSettings = (env: Readonly<Record<string, string | undefined>>): readonly string[] =>
  Object.keys(env)
    .filter((name) => name.startsWith('SPILLWAY_') && !(name in environment.shape))
    .map((name) => `${name}: there is no such setting`);

function toConfig(env: Environment): Config {
  const token = env.SPILLWAY_TOKEN;
  return Object.freeze({
    role: env.SPILLWAY_ROLE,
    host: env.SPILLWAY_HOST,
    port: env.SPILLWAY_PORT,
    token: token ?? randomBytes(24).toString('hex'),
    isTokenNew: token === undefined,
    identityProviders: readIdentityProviders(env.SPILLWAY_OIDC_FILE),
    encryptionKey: env.SPILLWAY_ENCRYPTION_KEY,
    otherEncryptionKeys: listOf(env.SPILLWAY_OTHER_ENCRYPTION_KEYS),
    migrate: env.SPILLWAY_MIGRATE,
    database: {
      url: env.DATABASE_URL,
      poolSize: env.SPILLWAY_DB_POOL_SIZE,
      statementTimeoutMs: env.SPILLWAY_DB_STATEMENT_TIMEOUT_MS,
      lockTimeoutMs: env.SPILLWAY_DB_LOCK_TIMEOUT_MS,
      ...tlsOf(env),
    },
    ...(env.SPILLWAY_PUBLIC_URL === undefined ? {} : { publicUrl: env.SPILLWAY_PUBLIC_URL }),
    workerConcurrency: env.SPILLWAY_WORKER_CONCURRENCY,
    outgoingAllow: listOf(env.SPILLWAY_OUTGOING_ALLOW),
    http: httpOf(env),
    graphql: graphqlOf(env, isLoopback(env)),
    metrics: metricsAccessOf(env),
    logLevel: env.SPILLWAY_LOG_LEVEL,
    tracing: tracingOf(env),
  });
}

const httpOf = (env: Environment): Config['http'] => ({
  requestsPerMinute: env.SPILLWAY_RATE_LIMIT,
  failedLoginsPerMinute: env.SPILLWAY_FAILED_LOGIN_LIMIT,
  corsOrigins: listOf(env.SPILLWAY_CORS_ORIGINS),
  trustedProxies: listOf(env.SPILLWAY_TRUSTED_PROXIES),
  maxConnections: env.SPILLWAY_MAX_CONNECTIONS,
});

const listOf = (text: string): readonly string[] =>
  text.split(/[\s,]+/).filter((entry) => entry !== '');

function tlsOf(env: Environment): Pick<Config['database'], 'tls'> {
  if (env.SPILLWAY_DB_TLS === 'disable') return {};
  const file = env.SPILLWAY_DB_CA_FILE;
  return { tls: file === undefined ? {} : { ca: readAuthority(file) } };
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CodedError(
      'INVALID_CONFIGURATION',
      `SPILLWAY_DB_CA_FILE: "${file}" cannot be read.`,
      'Name a PEM file that this process may read.',
      { cause },
    );
  }
}

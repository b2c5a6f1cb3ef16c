import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(1);
const httpUrl = z.url({ protocol: /^https?$/, error: 'write https://collector.example.com:4318' });
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Every setting that a process reads, and what it means. `docs/guides/configuration.md` is checked against it. */
export const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'write postgres://user:password@host:5432/database')
    .describe('Where the Postgres database is.'),
  SPILLWAY_ROLE: z
    .enum(['api', 'worker', 'writer', 'all'])
    .default('all')
    .describe(
      'What this process does: answer requests, run releases, only write what they come to, or both of the first.',
    ),
  SPILLWAY_HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on.'),
  SPILLWAY_PORT: port.default(8080).describe('Port to listen on; 0 takes a free one.'),
  SPILLWAY_TOKEN: z
    .string()
    .min(16, 'use at least 16 characters, e.g. from "openssl rand -hex 24"')
    .optional()
    .describe(
      'Bearer token that callers send. May be left out on loopback: one is made and printed.',
    ),
  SPILLWAY_ENCRYPTION_KEY: z
    .string()
    .regex(
      /^(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=)$/,
      'write 32 bytes, e.g. from "openssl rand -hex 32"',
    )
    .describe('32 bytes, hex or base64, with which secrets of clusters are stored.'),
  SPILLWAY_OTHER_ENCRYPTION_KEYS: z
    .string()
    .regex(
      /^(?:(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=)(?:[\s,]+|$))*$/,
      'write keys of 32 bytes, separated by commas',
    )
    .default('')
    .describe('Keys that only open, while the key is being changed, separated by commas.'),
  SPILLWAY_OIDC_FILE: z
    .string()
    .optional()
    .describe('JSON file with the identity providers whose tokens are believed.'),
  SPILLWAY_MIGRATE: flag
    .default(false)
    .describe('Brings the database schema up to date before starting.'),
  SPILLWAY_DB_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(2)
    .max(200)
    .default(10)
    .describe('Connections.'),
  SPILLWAY_DB_TLS: z
    .enum(['disable', 'verify'])
    .default('disable')
    .describe('TLS to the database; with it, the certificate is always checked.'),
  SPILLWAY_DB_CA_FILE: z
    .string()
    .optional()
    .describe('PEM file of the authority that signed the certificate of the database.'),
  SPILLWAY_DB_STATEMENT_TIMEOUT_MS: milliseconds
    .default(10_000)
    .describe('A statement that takes longer is given up.'),
  SPILLWAY_DB_LOCK_TIMEOUT_MS: milliseconds
    .default(5_000)
    .describe('A lock that is not free by then is given up.'),
  SPILLWAY_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'write https://spillway.example.com' })
    .optional()
    .describe('Where people reach Spillway; notifications link to releases there.'),
  SPILLWAY_WORKER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(10)
    .describe('Jobs that a worker runs at the same time.'),
  SPILLWAY_OUTGOING_ALLOW: z
    .string()
    .default('')
    .describe(
      'Private addresses that hooks, notifications and metrics sources may call, separated by commas.',
    ),
  SPILLWAY_RATE_LIMIT: z.coerce
    .number()
    .int()
    .min(0)
    .default(6_000)
    .describe('Requests that a token may send to a process in a minute; 0: as many as it likes.'),
  SPILLWAY_FAILED_LOGIN_LIMIT: z.coerce
    .number()
    .int()
    .min(0)
    .default(60)
    .describe('Requests without a valid token from one address in a minute; 0: any number.'),
  SPILLWAY_CORS_ORIGINS: z
    .string()
    .regex(
      /^(?:https?:\/\/[^\s,/]+(?:[\s,]+|$))*$/,
      'write origins such as https://portal.example.com, separated by commas',
    )
    .default('')
    .describe('Origins of web pages that may call the API, separated by commas.'),
  SPILLWAY_TRUSTED_PROXIES: z
    .string()
    .regex(/^[\da-fA-F.:/\s,]*$/, 'write addresses or networks, separated by commas')
    .default('')
    .describe('Addresses or networks of proxies whose X-Forwarded-For is believed.'),
  SPILLWAY_MAX_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(10)
    .default(10_000)
    .describe('Connections to the API at once; four fifths of them may be event streams.'),
  SPILLWAY_GRAPHQL_INTROSPECTION: z
    .enum(['callers', 'roles', 'nobody'])
    .optional()
    .describe(
      'Who may ask GraphQL for its schema: all callers, those with a role, or nobody. Without it: callers on loopback, else roles.',
    ),
  SPILLWAY_GRAPHQL_SAFELIST: z
    .string()
    .optional()
    .describe(
      'File with the only GraphQL operations that are answered, as build tools of Apollo or Relay write it.',
    ),
  SPILLWAY_METRICS_TOKEN: z
    .string()
    .min(16, 'use at least 16 characters, e.g. from "openssl rand -hex 24"')
    .optional()
    .describe(
      'Bearer token for GET /metrics. Without it: on loopback anybody there reads them, else nobody.',
    ),
  SPILLWAY_LOG_LEVEL: z
    .enum(['info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('error: a person must act. warn: heals by itself. info: what happened.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl
    .optional()
    .describe(
      'Collector of OpenTelemetry that gets traces, at its path v1/traces. Without it there are none.',
    ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl
    .optional()
    .describe('The same for traces alone, with its whole path; goes before the other one.'),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(/^(?:[^,=]+=[^,]*(?:,|$))*$/, 'write name=value, separated by commas')
    .default('')
    .describe('Headers for the collector, such as api-key=…, separated by commas.'),
  OTEL_EXPORTER_OTLP_TIMEOUT: milliseconds
    .default(10_000)
    .describe('Milliseconds after which a batch that the collector does not take is given up.'),
  OTEL_SERVICE_NAME: z
    .string()
    .min(1)
    .default('spillway')
    .describe('How traces name this process.'),
  OTEL_RESOURCE_ATTRIBUTES: z
    .string()
    .regex(/^(?:[^,=]+=[^,]*(?:,|$))*$/, 'write name=value, separated by commas')
    .default('')
    .describe('What traces say of this process besides, such as deployment.environment.name=prod.'),
  OTEL_TRACES_SAMPLER: z
    .enum([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ])
    .default('parentbased_always_on')
    .describe(
      'Which releases are traced: all, none, or a share of them. With parentbased_ it means the same.',
    ),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('The share, for traceidratio.'),
  OTEL_SDK_DISABLED: flag.default(false).describe('No traces at all, whatever the others say.'),
});

export type Environment = z.infer<typeof environment>;

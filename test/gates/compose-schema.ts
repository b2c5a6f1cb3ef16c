/**
 * The part of the Compose Specification that docker-compose.yml uses. There is no container
 * engine where the tests run, so a misspelt key would otherwise wait for the first user.
 */
export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

interface ComposeService {
  readonly build?: string;
  readonly healthcheck?: object;
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
}

const strings = { type: 'array', items: { type: 'string' } };
const duration = { type: 'string', pattern: '^([0-9]+(us|ms|s|m|h))+$' };

const healthcheck = {
  type: 'object',
  required: ['test'],
  additionalProperties: false,
  properties: {
    test: { type: 'array', minItems: 2, items: { type: 'string' } },
    interval: duration,
    timeout: duration,
    start_period: duration,
    retries: { type: 'integer', minimum: 1 },
  },
};

const dependency = {
  type: 'object',
  required: ['condition'],
  additionalProperties: false,
  properties: {
    condition: {
      enum: ['service_started', 'service_healthy', 'service_completed_successfully'],
    },
  },
};

const service = {
  type: 'object',
  required: ['image'],
  additionalProperties: false,
  properties: {
    image: { type: 'string', pattern: '^[a-z0-9./-]+:[A-Za-z0-9._-]+$' },
    build: { type: 'string' },
    command: strings,
    environment: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
    depends_on: { type: 'object', additionalProperties: dependency },
    healthcheck,
    ports: {
      type: 'array',
      items: { type: 'string', pattern: '^([0-9.]+:)?[0-9]+:[0-9]+(/(tcp|udp))?$' },
    },
    volumes: { type: 'array', items: { type: 'string', pattern: '^[^:]+:/[^:]*(:(ro|rw))?$' } },
    secrets: strings,
    tmpfs: strings,
    init: { type: 'boolean' },
    read_only: { type: 'boolean' },
    restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
  },
};

/** Never in a file of the repository. */
const secret = {
  type: 'object',
  required: ['environment'],
  additionalProperties: false,
  properties: { environment: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' } },
};

export const composeSchema = {
  type: 'object',
  required: ['services'],
  additionalProperties: false,
  patternProperties: { '^x-': {} },
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' },
    services: { type: 'object', additionalProperties: service },
    secrets: { type: 'object', additionalProperties: secret },
    volumes: { type: 'object', additionalProperties: { type: ['object', 'null'] } },
  },
};

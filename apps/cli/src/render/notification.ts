import type { Notification } from '@spillway/sdk';
import { age } from './moment.js';
import { facts, table } from './table.js';

export const notificationTable = (endpoints: readonly Notification[], now: number): string =>
  table(
    ['NAME', 'KIND', 'SEVERITY', 'OF', 'AGE'],
    endpoints.map((endpoint) => [
      endpoint.name,
      kindOf(endpoint),
      endpoint.filter.severity,
      scopeOf(endpoint),
      age(endpoint.createdAt, now),
    ]),
  );

export const notificationFacts = (endpoint: Notification, now: number): string =>
  facts([
    ['Name', endpoint.name],
    ['Kind', kindOf(endpoint)],
    ...fieldsOf(Object.values(endpoint.channel)[0] as object, ''),
    ['Severity', `${endpoint.filter.severity} and above`],
    ['Of', scopeOf(endpoint)],
    ['Types', endpoint.filter.types?.join(', ') ?? 'all'],
    ['Told since', `${age(endpoint.since, now)} ago`],
    ['Age', age(endpoint.createdAt, now)],
  ]);

const kindOf = ({ channel }: Notification): string => Object.keys(channel)[0] ?? '';

const scopeOf = ({ filter: { namespaces = [], services = [] } }: Notification): string =>
  [...namespaces.map((name) => `${name}/*`), ...services].join(', ') || 'everything';

/** Secrets by their names; they have nothing else. */
const fieldsOf = (fields: object, path: string): readonly (readonly [string, string])[] =>
  Object.entries(fields).flatMap(([key, value]: [string, unknown]) => {
    if (Array.isArray(value)) return [[path + key, value.join(', ')] as const];
    if (typeof value !== 'object' || value === null) return [[path + key, String(value)] as const];
    return 'secret' in value
      ? [[path + key, `secret ${String(value.secret)}`] as const]
      : fieldsOf(value, `${path}${key}.`);
  });

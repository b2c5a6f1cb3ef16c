import type { MeshObject } from '@spillway/domain-istio';
import type { Finding } from '../finding.js';
import { schemaFinding, type SchemaCode } from './catalogue.js';

/** A value on the way through the schema. */
export interface Place {
  readonly object: MeshObject;
  readonly value: unknown;
  /** `spec.http[0].match[0].headers["x-a"]` */
  readonly path: string;
  /** The same without positions and keys of maps: `spec.http.match.headers`. */
  readonly field: string;
  /** Istio 1.x of the cluster, where it is known. */
  readonly minor: number | undefined;
}

export const wrong = (
  code: SchemaCode,
  { object, path }: Place,
  message: string,
  wording: { readonly consequence?: string; readonly next?: string } = {},
): readonly Finding[] => [schemaFinding(code, { object, path, message, ...wording })];

const plainKey = /^[A-Za-z_]\w*$/;

const step = (path: string, key: string): string =>
  plainKey.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;

export const fieldOf = (place: Place, name: string, value: unknown): Place => ({
  ...place,
  value,
  path: step(place.path, name),
  field: `${place.field}.${name}`,
});

export const entryOf = (place: Place, key: string, value: unknown): Place => ({
  ...place,
  value,
  path: step(place.path, key),
});

export const itemOf = (place: Place, index: number, value: unknown): Place => ({
  ...place,
  value,
  path: `${place.path}[${index}]`,
});

const longestShown = 60;

/** The value as a person wrote it, not longer than a line can bear. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

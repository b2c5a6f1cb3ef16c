import { fieldsOf, listOf } from '@spillway/domain-istio';
import { noOperations, readHeaders } from './headers.js';
import type { HeaderOperations } from './headers.js';
import { defined, givenFields, numberOf, textOf } from './value.js';

/** Turns a host as written in an object into the name that the registry knows. */
export type ResolveHost = (host: string) => string;

export interface Destination {
  readonly host: string;
  readonly subset?: string;
  readonly port?: number;
}

export interface WeightedDestination {
  readonly destination: Destination;
  /** 0 when not written. */
  readonly weight: number;
  readonly headers: HeaderOperations;
}

export function readDestination(value: unknown, resolve: ResolveHost): Destination {
  const { host, subset, port } = fieldsOf(value) as Record<'host' | 'subset' | 'port', unknown>;
  return defined<Destination>({
    host: resolve(textOf(host) ?? ''),
    subset: textOf(subset),
    port: numberOf(fieldsOf(port)['number']),
  });
}

export const readDestinations = (
  value: unknown,
  resolve: ResolveHost,
): readonly WeightedDestination[] =>
  listOf(value).map((item) => {
    const { destination, weight, headers } = fieldsOf(item) as Record<string, unknown>;
    const operations = givenFields(headers);
    return {
      destination: readDestination(destination, resolve),
      weight: numberOf(weight) ?? 0,
      headers: operations === undefined ? noOperations : readHeaders(operations),
    };
  });

import {
  basisPoints,
  generation,
  version,
  type BasisPoints,
  type Generation,
  type Version,
} from '@spillway/kernel';
import { claimOf, hostKey } from './claim.js';
import type { LiveObject } from './istio-object.js';
import type { LiveRouting } from './live-routing.js';
import { generationAnnotation } from './render/routing-name.js';
import { fieldsOf, listOf, textsOf, type Fields } from './spec-fields.js';
import { hostOf, type MeshService } from './traffic.js';

/** What a VirtualService makes of the default split of a host. */
export interface ParsedSplit {
  /** Absent when the object does not say: somebody removed the annotation, or it is not ours. */
  readonly generation?: Generation;
  /** Share by subset, or else by host, of the route that decides. Rounded to basis points. */
  readonly shares: ReadonlyMap<string, BasisPoints>;
}

/** The generation that an object says it is of. */
export function liveGeneration(object: LiveObject): Generation | undefined {
  const text = object.metadata.annotations[generationAnnotation];
  return text !== undefined && /^\d+$/.test(text) ? generation(Number(text)) : undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Reads the split that proxies will make of it: the first HTTP route that matches
 * everything decides, or else the first one for connections; a single
 * destination takes all, weights are shares of their sum (istio §2.2).
 * `undefined` when no route takes everything.
 *
 * Another service's subset may have the name of a version: with the service given
 * it is no share of that version.
 */
export function parseSplit(live: LiveObject, service?: MeshService): ParsedSplit | undefined {
  const { http, tls, tcp } = fieldsOf(live.spec);
  const catchAll = listOf(http)
    .map(fieldsOf)
    .find((route) => listOf(route['match']).length === 0);
  const route = catchAll ?? [...listOf(tls), ...listOf(tcp)].map(fieldsOf)[0];
  if (route === undefined) return undefined;
  const generationSeen = liveGeneration(live);
  return {
    ...(generationSeen === undefined ? {} : { generation: generationSeen }),
    shares: shares(
      listOf(route['route']).map(fieldsOf),
      (host) =>
        service === undefined || hostKey(host, live.metadata.namespace) === claimOf(service).key,
    ),
  };
}

/** A version's key in `shares`. */
export const shareKey = (service: MeshService, of: Version): string =>
  service.versionHost === undefined ? of : hostOf(service, of);

function shares(
  destinations: readonly Fields[],
  isOwn: (host: string) => boolean,
): ReadonlyMap<string, BasisPoints> {
  const only = destinations.length === 1;
  const weights = new Map<string, number>();
  for (const entry of destinations) {
    const { subset, host } = fieldsOf(entry['destination']);
    const name = isOwn(text(host)) ? text(subset) : '';
    const key = name === '' ? text(host) : name;
    weights.set(key, (weights.get(key) ?? 0) + (only ? 1 : weightOf(entry)));
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const share = (weight: number) => basisPoints(Math.round((weight / (total || 1)) * 10_000));
  return new Map([...weights].map(([key, weight]) => [key, share(weight)]));
}

/** What is not a weight counts as none: an object that the API server let pass must stay readable. */
function weightOf({ weight }: Fields): number {
  return typeof weight === 'number' && Number.isSafeInteger(weight) && weight > 0 ? weight : 0;
}

/** The subsets that the live DestinationRule defines, in the order of their names. */
export function subsetsOf({ destinationRule }: LiveRouting): readonly Version[] {
  const names = listOf(fieldsOf(destinationRule?.spec)['subsets']).map(
    (entry) => fieldsOf(entry)['name'],
  );
  return [...textsOf(names)].sort().map(version);
}

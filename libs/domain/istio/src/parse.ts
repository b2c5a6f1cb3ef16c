import {
  basisPoints,
  generation,
  version,
  type BasisPoints,
  type Generation,
  type Version,
} from '@spillway/kernel';
import type { LiveObject } from './istio-object.js';
import type { LiveRouting } from './live-routing.js';
import { generationAnnotation } from './routing-name.js';
import { fieldsOf, listOf, textsOf, type Fields } from './spec-fields.js';

/** What a VirtualService makes of the default split of a host. */
export interface ParsedSplit {
  /** Absent when the object does not say: somebody removed the annotation, or it is not ours. */
  readonly generation?: Generation;
  /** Share by subset of the last route without a match. Rounded to basis points. */
  readonly shares: ReadonlyMap<string, BasisPoints>;
}

/** The generation that an object says it is of. */
export function liveGeneration(object: LiveObject): Generation | undefined {
  const text = object.metadata.annotations[generationAnnotation];
  return text !== undefined && /^\d+$/.test(text) ? generation(Number(text)) : undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Reads the split that proxies will make of it: the first route that matches
 * everything decides, a single destination takes all, weights are shares of
 * their sum (istio §2.2). `undefined` when no route takes everything.
 */
export function parseSplit(live: LiveObject): ParsedSplit | undefined {
  const routes = listOf(fieldsOf(live.spec)['http']).map(fieldsOf);
  const catchAll = routes.find((route) => listOf(route['match']).length === 0);
  if (catchAll === undefined) return undefined;
  const generationSeen = liveGeneration(live);
  return {
    ...(generationSeen === undefined ? {} : { generation: generationSeen }),
    shares: shares(listOf(catchAll['route']).map(fieldsOf)),
  };
}

function shares(destinations: readonly Fields[]): ReadonlyMap<string, BasisPoints> {
  const only = destinations.length === 1;
  const weights = new Map<string, number>();
  for (const entry of destinations) {
    const subset = text(fieldsOf(entry['destination'])['subset']);
    weights.set(subset, (weights.get(subset) ?? 0) + (only ? 1 : weightOf(entry)));
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const share = (weight: number) => basisPoints(Math.round((weight / (total || 1)) * 10_000));
  return new Map([...weights].map(([subset, weight]) => [subset, share(weight)]));
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

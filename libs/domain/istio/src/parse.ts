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

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Reads the split that proxies will make of it: the first route that matches
 * everything decides, a single destination takes all, weights are shares of
 * their sum (istio §2.2). `undefined` when no route takes everything.
 */
export function parseSplit(live: LiveObject): ParsedSplit | undefined {
  const routes = list(fields(live.spec)['http']).map(fields);
  const catchAll = routes.find((route) => list(route['match']).length === 0);
  if (catchAll === undefined) return undefined;
  const generationSeen = liveGeneration(live);
  return {
    ...(generationSeen === undefined ? {} : { generation: generationSeen }),
    shares: shares(list(catchAll['route']).map(fields)),
  };
}

function shares(destinations: readonly Fields[]): ReadonlyMap<string, BasisPoints> {
  const only = destinations.length === 1;
  const parts = destinations.map((entry) => ({
    subset: text(fields(entry['destination'])['subset']),
    weight: only ? 1 : Number(entry['weight'] ?? 0),
  }));
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const result = new Map<string, BasisPoints>();
  for (const { subset, weight } of parts) {
    const share = total > 0 ? Math.round((weight / total) * 10_000) : 0;
    result.set(subset, basisPoints((result.get(subset) ?? 0) + share));
  }
  return result;
}

/** The subsets that the live DestinationRule defines, in the order of their names. */
export function subsetsOf({ destinationRule }: LiveRouting): readonly Version[] {
  const names = list(fields(destinationRule?.spec)['subsets']).map(
    (entry) => fields(entry)['name'],
  );
  return names
    .filter((name): name is string => typeof name === 'string')
    .sort()
    .map(version);
}

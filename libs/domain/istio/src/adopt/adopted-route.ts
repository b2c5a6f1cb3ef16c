import { NOTHING, type Version } from '@spillway/kernel';
import { copyToCandidate, isMirrored, mirrorKeys, withoutMirror } from './adopted-mirror.js';
import { promotedSplit, strippedSplit, withSplit } from './adopted-split.js';
import { entriesOf, toVersion, versionsAt, type Pair } from './adopted-version.js';
import type { Fields } from '../spec-fields.js';
import type { Traffic } from '../traffic.js';

/** The fields of a route that Spillway changes; everything else of it is people's. */
export const leafKeys = ['route', ...mirrorKeys] as const;

export const isLeaf = (key: string): boolean => (leafKeys as readonly string[]).includes(key);

const only = (route: Fields, wanted: (key: string) => boolean): Fields =>
  Object.fromEntries(Object.entries(route).filter(([key]) => wanted(key)));

export const leafOf = (route: Fields): Fields => only(route, isLeaf);
export const bare = (route: Fields): Fields => only(route, (key) => !isLeaf(key));

/** A route of people's with the wanted split in place of theirs. */
export function exposedRoute(route: Fields, traffic: Traffic, namespace: string): Fields {
  const { weight, mirror } = traffic.exposure;
  if (weight > NOTHING)
    return withoutMirror(withSplit(route, traffic, namespace), traffic, namespace);
  return mirror?.methods === 'all' ? copyToCandidate(route, traffic, namespace) : route;
}

/** The same for connections, which cannot be copied. */
export const exposedConnections = (route: Fields, traffic: Traffic, namespace: string): Fields =>
  traffic.exposure.weight > NOTHING ? withSplit(route, traffic, namespace) : route;

/** The route with the candidate where stable was: what a promotion leaves behind. */
export const promotedRoute = (route: Fields, pair: Pair, namespace: string): Fields =>
  withoutMirror(promotedSplit(route, pair, namespace), pair, namespace);

/** The route without the candidate. */
export const strippedRoute = (route: Fields, pair: Pair, namespace: string): Fields =>
  withoutMirror(strippedSplit(route, pair, namespace), pair, namespace);

/** Whether the route gives the candidate anything, copies included. */
export const reachesCandidate = (route: Fields, pair: Pair, namespace: string): boolean =>
  entriesOf(route).some(versionsAt(pair, namespace).candidate) ||
  isMirrored(route, pair, namespace);

export const reachesStable = (route: Fields, pair: Pair, namespace: string): boolean =>
  entriesOf(route).some(versionsAt(pair, namespace).stable);

/** A single destination like the route's one to stable, but to this version. */
export function onlyTo(
  route: Fields,
  traffic: Traffic,
  namespace: string,
  version: Version,
): Fields {
  const stable = entriesOf(route).find(versionsAt(traffic, namespace).stable) ?? {};
  const { weight: _, ...entry } = stable;
  return { ...entry, destination: toVersion(stable, traffic.service, version) };
}

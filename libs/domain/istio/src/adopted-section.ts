import type { MatchRoute } from '@spillway/domain-traffic';
import { NOTHING, splitServiceName, type Version } from '@spillway/kernel';
import { copyToCandidate, exposedRoute, isVersionAt, leafKeys, onlyTo } from './adopted-route.js';
import { combineMatch } from './combine-match.js';
import { renderMatches } from './render-match.js';
import { cookieMatches, safeMethods } from './render-routes.js';
import { routeName } from './routing-name.js';
import { fieldsOf, listOf, textsOf, type Fields } from './spec-fields.js';
import { ownershipOf, type MeshService, type Traffic } from './traffic.js';

/** A route that Spillway put in front of people's: it has our name and a part of it. */
export function isOwnRoute(service: MeshService, route: unknown): boolean {
  const { name } = fieldsOf(route);
  const own = splitServiceName(service.service).name;
  return typeof name === 'string' && name.startsWith(`${own}.`) && /\.g\d+\../.test(name);
}

/** Whether this is a route that we were given: it goes to stable, and has a name that we may touch. */
export function isGiven(
  { service, stable }: Pick<Traffic, 'service' | 'stable'>,
  route: Fields,
  namespace: string,
): boolean {
  const ownership = ownershipOf(service);
  const names = ownership.kind === 'adopted' ? ownership.routes : undefined;
  if (names !== undefined && !names.includes(String(route['name'] ?? ''))) return false;
  return listOf(route['route']).some((entry) =>
    isVersionAt(service, stable, fieldsOf(entry)['destination'], namespace),
  );
}

interface Place {
  readonly traffic: Traffic;
  readonly namespace: string;
  /** The gateways of the whole VirtualService. */
  readonly gateways: readonly string[];
  /** Which of the given routes, from 0. */
  readonly ordinal: number;
}

/** Our routes in front of one of people's; a string says why they cannot be written. */
export function routesBefore(route: Fields, place: Place): readonly Fields[] | string {
  const { traffic } = place;
  const own: Fields[] = [];
  for (const one of traffic.exposure.routes ?? []) {
    const added = routeTo(route, place, one, traffic.candidate);
    if (typeof added === 'string') return added;
    own.push(...added);
  }
  for (const { route: one, version } of cookieMatches(traffic)) {
    const added = routeTo(route, place, one, version);
    if (typeof added === 'string') return added;
    own.push(...added);
  }
  const copied = mirrored(route, place);
  return typeof copied === 'string' ? copied : [...own, ...copied];
}

function routeTo(
  route: Fields,
  place: Place,
  one: MatchRoute,
  version: Version,
): readonly Fields[] | string {
  const { traffic, namespace } = place;
  const match = combined(route, place, one);
  if (typeof match === 'string') return match;
  if (match.length === 0) return [];
  const name = ownName(place, one.name);
  return [{ name, match, ...rest(route), route: [onlyTo(route, traffic, namespace, version)] }];
}

/** Copies of requests that are safe to repeat need a route of their own. */
function mirrored(route: Fields, place: Place): readonly Fields[] | string {
  const { traffic, namespace } = place;
  const { mirror, weight } = traffic.exposure;
  if (mirror?.methods !== 'safe' || weight !== NOTHING) return [];
  const match = combined(route, place, { name: 'mirrored', match: [{ method: safeMethods }] });
  if (typeof match === 'string') return match;
  if (match.length === 0) return [];
  const copied = copyToCandidate(exposedRoute(route, traffic, namespace), traffic, namespace);
  return [{ ...copied, name: ownName(place, 'mirrored'), match }];
}

/** Theirs and ours at once, for every pair of blocks. */
function combined(route: Fields, place: Place, one: MatchRoute): readonly Fields[] | string {
  const blocks = listOf(route['match']);
  const ours = renderMatches(one, edgeOf(place));
  const both = (blocks.length === 0 ? [{}] : blocks).flatMap((theirs) =>
    ours.map((own) => combineMatch(theirs, own)),
  );
  if (both.includes('unclear')) {
    const of = typeof route['name'] === 'string' ? `"${route['name']}"` : 'without a name';
    return `"${one.name}" and the match of route ${of} cannot be said in one`;
  }
  return both.flatMap((match) => (typeof match === 'string' ? [] : [match.match]));
}

/** An adopted VirtualService says itself which gateways it is at. */
const edgeOf = ({ traffic, gateways }: Place): MeshService => ({
  ...traffic.service,
  edge: { gateways: gateways.filter((gateway) => gateway !== 'mesh'), hosts: [] },
});

/** Names are unique in the object: of several given routes the later ones are counted. */
const ownName = ({ traffic, ordinal }: Place, part: string): string =>
  routeName(traffic, ordinal === 0 ? part : `${part}-${ordinal + 1}`);

const rest = (route: Fields): Fields =>
  Object.fromEntries(
    Object.entries(route).filter(([key]) => !['name', 'match', ...leafKeys].includes(key)),
  );

export const gatewaysOf = (spec: unknown): readonly string[] => textsOf(fieldsOf(spec)['gateways']);

import type { MatchRoute } from '@spillway/domain-traffic';
import { NOTHING, type Version } from '@spillway/kernel';
import { copyToCandidate, withoutMirror } from './adopted-mirror.js';
import { onlyTo } from './adopted-route.js';
import { combineMatch } from './combine-match.js';
import { mesh } from '../gateway-name.js';
import { placesAmong, placesOf, renderMatches } from '../render/render-match.js';
import { cookieMatches, mirroredRoute } from '../render/render-routes.js';
import { ownPart, routeName } from '../render/routing-name.js';
import { fieldsOf, isSameJson, listOf, textsOf, type Fields } from '../spec-fields.js';
import type { Traffic } from '../traffic.js';

/** Where people's route is for which ours are made. */
export interface Place {
  readonly traffic: Traffic;
  readonly namespace: string;
  /** The spec of the whole VirtualService. */
  readonly spec: Fields;
  /** Which of the given routes, from 0. */
  readonly ordinal: number;
}

/** Our routes in front of one of people's; a string says why they cannot be written. */
export function routesBefore(route: Fields, place: Place): readonly Fields[] | string {
  const { traffic } = place;
  const wanted = [
    ...(traffic.exposure.routes ?? []).map((one) => ({ one, version: traffic.candidate })),
    ...cookieMatches(traffic).map(({ route: one, version }) => ({ one, version })),
  ];
  const own: Fields[] = [];
  for (const { one, version } of wanted) {
    const added = routeTo(route, place, one, version);
    if (typeof added === 'string') return added;
    own.push(...added);
  }
  const copied = mirrored(route, place);
  return typeof copied === 'string' ? copied : [...own, ...copied];
}

/** Like people's route in everything, but for fewer requests and to one version. */
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
  const { name: _name, match: _match, ...rest } = withoutMirror(route, traffic, namespace);
  return [
    {
      name: ownName(place, one.name),
      match,
      ...rest,
      route: [onlyTo(route, traffic, namespace, version)],
    },
  ];
}

/** Copies of requests that are safe to repeat need a route of their own. */
function mirrored(route: Fields, place: Place): readonly Fields[] | string {
  const { traffic, namespace } = place;
  const { mirror, weight } = traffic.exposure;
  if (mirror?.methods !== 'safe' || weight !== NOTHING) return [];
  const match = combined(route, place, mirroredRoute);
  if (typeof match === 'string') return match;
  if (match.length === 0) return [];
  const { name: _name, match: _match, ...rest } = copyToCandidate(route, traffic, namespace);
  return [{ name: ownName(place, mirroredRoute.name), match, ...rest }];
}

/** Theirs and ours at once, for every pair of blocks. */
function combined(route: Fields, place: Place, one: MatchRoute): readonly Fields[] | string {
  const blocks = listOf(route['match']).map(fieldsOf);
  const theirs = blocks.length === 0 ? [{}] : blocks;
  const ours = renderMatches(one, gatewaysFor(one, place));
  const both: Fields[] = [];
  for (const [block, own] of theirs.flatMap((each) => ours.map((two) => [each, two] as const))) {
    const result = combineMatch(block, own, place.namespace);
    if (result === 'apart') continue;
    if (result === 'unclear') {
      return `"${one.name}" and the match of ${called(route)} cannot be said in one`;
    }
    if (isRewritten(route) && !isSameJson(block['uri'], result.match['uri'])) {
      return `${called(route)} rewrites as much of the path as it matches, which "${one.name}" would change`;
    }
    both.push(result.match);
  }
  return both;
}

/** `rewrite.uri` replaces the part of the path that matched (istio §1.3). */
const isRewritten = ({ rewrite }: Fields): boolean => fieldsOf(rewrite)['uri'] !== undefined;

/** A VirtualService says itself which gateways it is at; a delegate is where its roots are. */
function gatewaysFor(
  { where }: MatchRoute,
  { spec, traffic }: Place,
): readonly string[] | undefined {
  if (listOf(spec['hosts']).length === 0) return placesOf(where, traffic.service);
  const gateways = textsOf(spec['gateways']);
  return placesAmong(where, gateways.length === 0 ? [mesh] : gateways);
}

/** Names are unique in the object: of several given routes the later ones are counted. */
const ownName = ({ traffic, ordinal }: Place, part: string): string =>
  routeName(traffic, ordinal === 0 ? part : `${part}.${ordinal + 1}`);

/** `route "primary"`, `a route without a name` */
export const called = ({ name }: Fields): string =>
  typeof name === 'string' && name !== '' ? `route "${name}"` : 'a route without a name';

/** Parts of the names of routes that have to be there for the exposure to be what it says. */
const neededParts = ({ exposure: { routes = [], mirror, weight } }: Traffic): readonly string[] => [
  ...routes.map(({ name }) => name),
  ...(mirror?.methods === 'safe' && weight === NOTHING ? [mirroredRoute.name] : []),
];

/** A part that none of our routes has. */
export const missingPart = (own: readonly Fields[], traffic: Traffic): string | undefined =>
  neededParts(traffic).find((part) =>
    own.every(({ name }) => ownPart(traffic.service, name) !== part),
  );

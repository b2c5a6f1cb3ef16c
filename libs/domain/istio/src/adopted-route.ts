import { EVERYTHING, NOTHING, type BasisPoints, type Version } from '@spillway/kernel';
import { hostKey } from './claim.js';
import { destinationOf } from './render-destination.js';
import { fieldsOf, listOf, type Fields } from './spec-fields.js';
import { stickyOf, withCookie } from './sticky.js';
import { hostOf, type MeshService, type Traffic } from './traffic.js';

/** The fields of a route that Spillway changes; everything else of it is people's. */
export const leafKeys = [
  'route',
  'mirror',
  'mirrorPercentage',
  'mirrorPercent',
  'mirrors',
] as const;

/** A destination's weight: one that is alone gets everything without saying so. */
const weightOf = (entry: Fields, isAlone: boolean): number => {
  const { weight } = entry;
  if (typeof weight === 'number' && Number.isSafeInteger(weight) && weight > 0) return weight;
  return isAlone ? 100 : 0;
};

/** Whether a destination, in an object of this namespace, is that version. */
export function isVersionAt(
  service: MeshService,
  version: Version,
  destination: unknown,
  namespace: string,
): boolean {
  const { host, subset } = fieldsOf(destination);
  if (typeof host !== 'string') return false;
  if (hostKey(host, namespace) !== hostKey(hostOf(service, version), namespace)) return false;
  return service.versionHost !== undefined || subset === version;
}

/** A route of people's with the wanted split in place of theirs. */
export function exposedRoute(route: Fields, traffic: Traffic, namespace: string): Fields {
  const { exposure } = traffic;
  if (exposure.weight === NOTHING) return withMirror(route, traffic, namespace);
  const split = withSplit(route, traffic, namespace);
  return withoutMirror(split, traffic, namespace);
}

/** The route with the candidate where stable was: what a promotion leaves behind. */
export function promotedRoute(route: Fields, traffic: Traffic, namespace: string): Fields {
  const is = versionsOf(traffic, namespace);
  const entries = listOf(route['route']).map(fieldsOf);
  const { share } = sharesOf(entries, is);
  const left = entries
    .filter((entry) => !is.candidate(entry))
    .map((entry) =>
      is.stable(entry)
        ? {
            ...entry,
            destination: toVersion(entry, traffic, traffic.candidate),
            ...('weight' in entry ? { weight: share } : {}),
          }
        : entry,
    );
  return withoutMirror({ ...route, route: left }, traffic, namespace);
}

/** A single destination like the route's one to stable, but to this version. */
export function onlyTo(
  route: Fields,
  traffic: Traffic,
  namespace: string,
  version: Version,
): Fields {
  const is = versionsOf(traffic, namespace);
  const stable = listOf(route['route']).map(fieldsOf).find(is.stable) ?? {};
  const { weight: _, ...entry } = stable;
  return { ...entry, destination: toVersion(stable, traffic, version) };
}

function withSplit(route: Fields, traffic: Traffic, namespace: string): Fields {
  const is = versionsOf(traffic, namespace);
  const entries = listOf(route['route']).map(fieldsOf);
  const { share, weights } = sharesOf(entries, is);
  const { scale, candidate } = inWholes(share, traffic.exposure.weight);
  const known = entries.find(is.candidate);
  const split = entries.flatMap((entry, i) => {
    if (is.candidate(entry)) return [stuck(entry, traffic, traffic.candidate, candidate)];
    if (!is.stable(entry)) return [{ ...entry, weight: (weights[i] ?? 0) * scale }];
    const kept = stuck(entry, traffic, traffic.stable, share * scale - candidate);
    if (known !== undefined) return [kept];
    const destination = toVersion(entry, traffic, traffic.candidate);
    return [kept, stuck({ ...entry, destination }, traffic, traffic.candidate, candidate)];
  });
  return { ...route, route: split };
}

/** Weights are whole numbers; their sum is free (istio §2.2). */
function inWholes(
  share: number,
  weight: BasisPoints,
): { readonly scale: number; readonly candidate: number } {
  const scale = EVERYTHING / greatestDivisor(share * weight, EVERYTHING);
  return { scale, candidate: (share * scale * weight) / EVERYTHING };
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

function stuck(entry: Fields, traffic: Traffic, version: Version, weight: number): Fields {
  const sticky = stickyOf(traffic);
  if (sticky === undefined) return { ...entry, weight };
  const bare = { destination: destinationOf(traffic.service, version) };
  const added = withCookie(traffic, sticky, bare, version).headers?.response.add;
  const headers = fieldsOf(entry['headers']);
  const response = fieldsOf(headers['response']);
  const add = { ...fieldsOf(response['add']), ...added };
  return { ...entry, headers: { ...headers, response: { ...response, add } }, weight };
}

interface Is {
  readonly stable: (entry: Fields) => boolean;
  readonly candidate: (entry: Fields) => boolean;
}

const versionsOf = ({ service, stable, candidate }: Traffic, namespace: string): Is => ({
  stable: ({ destination }) => isVersionAt(service, stable, destination, namespace),
  candidate: ({ destination }) => isVersionAt(service, candidate, destination, namespace),
});

/** What stable and candidate have together; other destinations of the route keep what they have. */
function sharesOf(
  entries: readonly Fields[],
  is: Is,
): { readonly share: number; readonly weights: readonly number[] } {
  const weights = entries.map((entry) => weightOf(entry, entries.length === 1));
  const share = entries.reduce(
    (sum, entry, i) => sum + (is.stable(entry) || is.candidate(entry) ? (weights[i] ?? 0) : 0),
    0,
  );
  return { share, weights };
}

/** The destination as people wrote it, with what tells versions apart changed. */
function toVersion({ destination }: Fields, { service }: Traffic, version: Version): Fields {
  const known = fieldsOf(destination);
  return service.versionHost === undefined
    ? { ...known, subset: version }
    : { ...known, host: hostOf(service, version) };
}

interface Copy {
  readonly destination: unknown;
  readonly percentage: unknown;
}

/** Copies to people's own places stay; the wanted one takes the place of another to the candidate. */
function withMirror(route: Fields, traffic: Traffic, namespace: string): Fields {
  const { mirror } = traffic.exposure;
  if (mirror === undefined || mirror.methods === 'safe') return route;
  return copyToCandidate(route, traffic, namespace);
}

export function copyToCandidate(route: Fields, traffic: Traffic, namespace: string): Fields {
  const { service, candidate, exposure } = traffic;
  const copies = othersOf(route, traffic, namespace);
  const percentage = { value: (exposure.mirror?.share ?? NOTHING) / 100 };
  const destination = destinationOf(service, candidate);
  const bare = withoutKeys(route);
  return copies.length === 0
    ? { ...bare, mirror: destination, mirrorPercentage: percentage }
    : { ...bare, mirrors: [...copies.map(toMirror), { destination, percentage }] };
}

/** Without copies to the candidate: it answers people now. */
function withoutMirror(route: Fields, traffic: Traffic, namespace: string): Fields {
  const all = copiesOf(route);
  const others = othersOf(route, traffic, namespace);
  if (others.length === all.length) return route;
  const bare = withoutKeys(route);
  return others.length === 0 ? bare : { ...bare, mirrors: others.map(toMirror) };
}

const toMirror = ({ destination, percentage }: Copy) => ({
  destination,
  ...(percentage === undefined ? {} : { percentage }),
});

const othersOf = (route: Fields, traffic: Traffic, namespace: string): readonly Copy[] =>
  copiesOf(route).filter(
    ({ destination }) => !isVersionAt(traffic.service, traffic.candidate, destination, namespace),
  );

function copiesOf({ mirror, mirrorPercentage, mirrorPercent, mirrors }: Fields): readonly Copy[] {
  const old = typeof mirrorPercent === 'number' ? { value: mirrorPercent } : undefined;
  const single =
    mirror === undefined ? [] : [{ destination: mirror, percentage: mirrorPercentage ?? old }];
  const several = listOf(mirrors)
    .map(fieldsOf)
    .map(({ destination, percentage }) => ({ destination, percentage }));
  return [...single, ...several];
}

const withoutKeys = ({
  mirror: _m,
  mirrorPercentage: _p,
  mirrorPercent: _o,
  mirrors: _s,
  ...rest
}: Fields): Fields => rest;

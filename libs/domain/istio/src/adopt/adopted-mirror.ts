import { NOTHING } from '@spillway/kernel';
import { isVersionAt, type Pair } from './adopted-version.js';
import { destinationOf } from '../render/render-destination.js';
import { fieldsOf, listOf, type Fields } from '../spec-fields.js';
import type { Traffic } from '../traffic.js';

/** The fields by which a route copies requests. */
export const mirrorKeys = ['mirror', 'mirrorPercentage', 'mirrorPercent', 'mirrors'] as const;

/** With the wanted copies to the candidate in place of others to it; copies to people's own places stay. */
export function copyToCandidate(route: Fields, traffic: Traffic, namespace: string): Fields {
  const { service, candidate, exposure } = traffic;
  const others = othersOf(route, traffic, namespace);
  const percentage = { value: (exposure.mirror?.share ?? NOTHING) / 100 };
  const destination = destinationOf(service, candidate);
  const bare = withoutKeys(route);
  return others.length === 0
    ? { ...bare, mirror: destination, mirrorPercentage: percentage }
    : { ...bare, mirrors: [...others, { destination, percentage }] };
}

/** Without copies to the candidate: it answers people now. */
export function withoutMirror(route: Fields, pair: Pair, namespace: string): Fields {
  const others = othersOf(route, pair, namespace);
  if (others.length === copiesOf(route).length) return route;
  const bare = withoutKeys(route);
  return others.length === 0 ? bare : { ...bare, mirrors: others };
}

/** Whether a route copies requests to the candidate. */
export const isMirrored = (route: Fields, pair: Pair, namespace: string): boolean =>
  othersOf(route, pair, namespace).length < copiesOf(route).length;

const othersOf = (
  route: Fields,
  { service, candidate }: Pair,
  namespace: string,
): readonly Fields[] =>
  copiesOf(route).filter(
    ({ destination }) => !isVersionAt(service, candidate, destination, namespace),
  );

/** As entries of `mirrors`, which is the only field that holds several. */
function copiesOf({ mirror, mirrorPercentage, mirrorPercent, mirrors }: Fields): readonly Fields[] {
  const several = listOf(mirrors).map(fieldsOf);
  if (mirror === undefined) return several;
  const old = typeof mirrorPercent === 'number' ? { value: mirrorPercent } : undefined;
  const percentage = mirrorPercentage ?? old;
  return [{ destination: mirror, ...(percentage === undefined ? {} : { percentage }) }, ...several];
}

const withoutKeys = ({
  mirror: _m,
  mirrorPercentage: _p,
  mirrorPercent: _o,
  mirrors: _s,
  ...rest
}: Fields): Fields => rest;

import { version } from '@spillway/kernel';
import {
  bare,
  leafOf,
  promotedRoute,
  reachesCandidate,
  reachesStable,
  strippedRoute,
} from './adopted-route.js';
import type { Pair } from './adopted-version.js';
import type { LiveObject } from '../istio-object.js';
import { originalAnnotation, releaseAnnotation } from '../render/routing-name.js';
import { fieldsOf, isSameJson, jsonOf, listOf, type Fields } from '../spec-fields.js';
import type { MeshService } from '../traffic.js';

export const sectionNames = ['http', 'tls', 'tcp'] as const;
export type SectionName = (typeof sectionNames)[number];

/** What a route had when it was adopted, and how to find it again. */
interface SavedRoute {
  /** Its name and its match. */
  readonly of: Fields;
  readonly had: Fields;
}

/** The annotation that keeps what people's routes had. */
export interface Saved {
  readonly service: string;
  readonly stable: string;
  readonly candidate: string;
  readonly routes: Readonly<Record<SectionName, readonly SavedRoute[]>>;
}

/** People's routes of a section as they were before the release. */
export interface Originals {
  readonly routes: readonly Fields[];
  /** Of one that gives the candidate something nobody knows whether people or Spillway wrote it. */
  readonly isAmbiguous: boolean;
}

/** `lost`: there are traces of a release, but nobody left what was there before. */
export function savedOf(live: LiveObject, hasOwnRoutes: boolean): Saved | 'lost' | undefined {
  const { annotations } = live.metadata;
  const saved = parsed(annotations[originalAnnotation]);
  if (saved !== undefined) return saved;
  return releaseAnnotation in annotations || hasOwnRoutes ? 'lost' : undefined;
}

/** Somebody may have edited the annotation too. */
function parsed(text: string | undefined): Saved | undefined {
  if (text === undefined) return undefined;
  try {
    const { service, stable, candidate, ...fields } = fieldsOf(JSON.parse(text));
    if (typeof service !== 'string' || typeof stable !== 'string') return undefined;
    if (typeof candidate !== 'string') return undefined;
    const routes = {
      http: routesIn(fields, 'http'),
      tls: routesIn(fields, 'tls'),
      tcp: routesIn(fields, 'tcp'),
    };
    return { service, stable, candidate, routes };
  } catch {
    return undefined;
  }
}

const routesIn = (fields: Fields, name: SectionName): readonly SavedRoute[] =>
  listOf(fields[name])
    .map(fieldsOf)
    .map(({ of, had }) => ({ of: fieldsOf(of), had: leafOf(fieldsOf(had)) }));

export const savedText = (
  { service, stable, candidate }: Pair,
  given: readonly (readonly [SectionName, readonly Fields[]])[],
): string =>
  jsonOf({
    service: service.service,
    stable,
    candidate,
    ...Object.fromEntries(
      given
        .filter(([, routes]) => routes.length > 0)
        .map(([name, routes]) => [name, routes.map(savedRoute)]),
    ),
  }) ?? '';

const savedRoute = (route: Fields): SavedRoute => ({ of: identity(route), had: leafOf(route) });

const identity = ({ name, match }: Fields): Fields => ({
  ...(isName(name) && { name }),
  ...(match !== undefined && { match }),
});

const isName = (name: unknown): boolean => typeof name === 'string' && name !== '';

/** What a release of another service keeps in the object. */
export const savedByOther = (
  saved: Saved | 'lost' | undefined,
  { service }: MeshService,
): Saved | undefined =>
  typeof saved === 'object' && saved.service !== service ? saved : undefined;

/**
 * What people had: the routes as they are now, with the fields that Spillway
 * changes as they were. Routes may have been edited, inserted and taken away in
 * between: each is found by its name or its match, and what is left in its order.
 */
export function originalsOf(
  routes: readonly Fields[],
  name: SectionName,
  saved: Saved | 'lost' | undefined,
  pair: Pair,
  namespace: string,
): Originals {
  if (saved === undefined || savedByOther(saved, pair.service) !== undefined)
    return { routes, isAmbiguous: false };
  const known = saved === 'lost' ? pair : pairOf(saved, pair.service);
  const stripped = (route: Fields) =>
    isSuspect(route, known, namespace) ? strippedRoute(route, known, namespace) : route;
  if (saved === 'lost') return { routes: routes.map(stripped), isAmbiguous: false };

  const { found, left } = match(routes, saved.routes[name], known, namespace);
  const isAmbiguous =
    left > 0 && routes.some((route, i) => !found.has(i) && isSuspect(route, known, namespace));
  return {
    routes: routes.map((route, i) => {
      const had = found.get(i);
      if (had === undefined) return isAmbiguous ? stripped(route) : route;
      return inherited({ ...bare(route), ...had }, known, pair, namespace);
    }),
    isAmbiguous,
  };
}

const pairOf = ({ stable, candidate }: Saved, service: MeshService): Pair => ({
  service,
  stable: version(stable),
  candidate: version(candidate),
});

/** An earlier release that succeeded may not have come to promote its routes here. */
const inherited = (route: Fields, before: Pair, now: Pair, namespace: string): Fields =>
  before.stable !== now.stable && before.candidate === now.stable
    ? promotedRoute(route, before, namespace)
    : route;

/** It looks like a route that Spillway changed. */
const isSuspect = (route: Fields, pair: Pair, namespace: string): boolean =>
  reachesStable(route, pair, namespace) && reachesCandidate(route, pair, namespace);

interface Matched {
  /** By the place of the route, what it had. */
  readonly found: ReadonlyMap<number, Fields>;
  /** How many routes of ours nobody finds any more. */
  readonly left: number;
}

function match(
  routes: readonly Fields[],
  saved: readonly SavedRoute[],
  pair: Pair,
  namespace: string,
): Matched {
  const found = new Map<number, Fields>();
  const freeWhere = (is: (route: Fields) => boolean): readonly number[] =>
    routes.flatMap((route, i) => (!found.has(i) && is(route) ? [i] : []));
  const suspects = () => freeWhere((route) => isSuspect(route, pair, namespace));
  let lost = saved;
  for (const is of tests(pair, namespace)) {
    lost = lost.filter((one, i) => {
      const rivals = lost.slice(i).filter(({ of }) => isSameJson(of, one.of));
      const places = freeWhere((route) => is(route, one.of));
      const hints = [...suspects(), ...freeWhere((route) => isSameJson(leafOf(route), one.had))];
      // More than there were: people inserted one that is alike.
      const hint =
        places.length > rivals.length ? hints.find((at) => places.includes(at)) : undefined;
      const place = hint ?? places[0];
      if (place !== undefined) found.set(place, one.had);
      return place === undefined;
    });
  }
  const open = suspects();
  if (open.length !== lost.length) return { found, left: lost.length };
  open.forEach((place, i) => void found.set(place, lost[i]?.had ?? {}));
  return { found, left: 0 };
}

type Test = (route: Fields, of: Fields) => boolean;

/** From the surest to the last: people may have edited the match, and what the route goes to. */
const tests = (pair: Pair, namespace: string): readonly Test[] =>
  [reachesStable, reachesCandidate].flatMap((reaches): readonly Test[] => [
    (route, of) => isSameJson(identity(route), of) && reaches(route, pair, namespace),
    ({ name, ...route }, of) =>
      isName(name) && name === of['name'] && reaches(route, pair, namespace),
  ]);

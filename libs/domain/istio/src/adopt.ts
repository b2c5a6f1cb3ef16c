import { EVERYTHING } from '@spillway/kernel';
import { isExposed } from '@spillway/domain-traffic';
import { exposedRoute, leafKeys, promotedRoute } from './adopted-route.js';
import { gatewaysOf, isGiven, isOwnRoute, routesBefore } from './adopted-section.js';
import type { LiveObject } from './istio-object.js';
import type { PatchOperation } from './patch.js';
import { patchOf, type Section } from './patch-adopted.js';
import { generationAnnotation, originalAnnotation, releaseAnnotation } from './routing-name.js';
import { fieldsOf, listOf, type Fields } from './spec-fields.js';
import type { Traffic } from './traffic.js';

/** What is left to do to an adopted VirtualService. */
export type Adoption =
  | { readonly kind: 'same' }
  | { readonly kind: 'patch'; readonly operations: readonly PatchOperation[] }
  /** It is not what it was when it was adopted, or cannot say what is wanted. */
  | { readonly kind: 'problem'; readonly because: string };

const sections = ['http', 'tls', 'tcp'] as const;

/**
 * Brings people's VirtualService to the wanted traffic by touching nothing but
 * the destinations and mirrors of the routes that it was given, routes of our
 * own, and three annotations. One of them keeps what was there, so that whoever
 * comes next can give it back: without exposure the object is as people wrote it.
 */
export function adopt(wanted: Traffic, live: LiveObject): Adoption {
  const isLeft = !isExposed(wanted.exposure) || wanted.isOver === true;
  const found = sections.map((name) => sectionOf(name, wanted, live));
  const problem = isLeft ? undefined : problemOf(found, wanted, live);
  if (problem !== undefined) return { kind: 'problem', because: problem };
  const made: Section[] = [];
  for (const section of found) {
    const routes = routesOf(section, wanted, live);
    if (typeof routes === 'string') return { kind: 'problem', because: routes };
    made.push({ name: section.name, live: section.live, isOwn: section.isOwn, ...routes });
  }
  const operations = patchOf(live, made, isLeft ? {} : annotations(wanted, found));
  return operations.length === 0 ? { kind: 'same' } : { kind: 'patch', operations };
}

interface Found {
  readonly name: (typeof sections)[number];
  readonly live: readonly Fields[];
  readonly isOwn: readonly boolean[];
  /** People's routes with what they had before; each with whether we were given it. */
  readonly originals: readonly { readonly route: Fields; readonly given: boolean }[];
  /** How many of them we had, by the annotation. */
  readonly known?: number;
}

function sectionOf(name: Found['name'], wanted: Traffic, live: LiveObject): Found {
  const routes = listOf(fieldsOf(live.spec)[name]).map(fieldsOf);
  const isOwn = routes.map((route) => isOwnRoute(wanted.service, route));
  const theirs = routes.filter((_, i) => isOwn[i] !== true);
  const { namespace } = live.metadata;
  const given = theirs.map((route) => isGiven(wanted, route, namespace));
  const saved = savedOf(live)?.[name];
  const count = given.filter(Boolean).length;
  let ordinal = 0;
  const originals = theirs.map((route, i) => {
    if (given[i] !== true) return { route, given: false };
    const leaf = saved?.length === count ? saved[ordinal] : undefined;
    ordinal += 1;
    return { route: leaf === undefined ? route : { ...bare(route), ...leaf }, given: true };
  });
  return { name, live: routes, isOwn, originals, ...(saved && { known: saved.length }) };
}

const bare = (route: Fields): Fields =>
  Object.fromEntries(Object.entries(route).filter(([key]) => !isLeaf(key)));

const isLeaf = (key: string): boolean => (leafKeys as readonly string[]).includes(key);

type Saved = Readonly<Partial<Record<Found['name'], readonly Fields[]>>>;

/** Somebody may have edited the annotation too. */
function savedOf({ metadata }: LiveObject): Saved | undefined {
  const text = metadata.annotations[originalAnnotation];
  if (text === undefined) return undefined;
  try {
    const saved = fieldsOf(JSON.parse(text));
    return Object.fromEntries(
      sections.map((name) => [name, listOf(saved[name]).map(fieldsOf)] as const),
    );
  } catch {
    return undefined;
  }
}

function problemOf(found: readonly Found[], { stable }: Traffic, live: LiveObject) {
  const { namespace, name } = live.metadata;
  const counts = found.map(({ originals }) => originals.filter(({ given }) => given).length);
  if (counts.every((count) => count === 0)) {
    return `VirtualService ${namespace}/${name} has no route to ${stable} that Spillway was given`;
  }
  const other = found.find(({ known }, i) => known !== undefined && known !== counts[i]);
  if (other === undefined) return undefined;
  return `VirtualService ${namespace}/${name} has other routes to ${stable} than when the release began`;
}

function routesOf(
  { originals }: Found,
  wanted: Traffic,
  live: LiveObject,
): Pick<Section, 'theirs' | 'before'> | string {
  const { namespace } = live.metadata;
  const before: (readonly Fields[])[] = [];
  let ordinal = 0;
  for (const { route, given } of originals) {
    const place = { traffic: wanted, namespace, gateways: gatewaysOf(live.spec), ordinal };
    const own = given && wanted.isOver !== true ? routesBefore(route, place) : [];
    if (typeof own === 'string') return own;
    before.push(own);
    ordinal += given ? 1 : 0;
  }
  const theirs = originals.map(({ route, given }) =>
    given ? wantedRoute(route, wanted, namespace) : route,
  );
  return { theirs, before };
}

function wantedRoute(route: Fields, wanted: Traffic, namespace: string): Fields {
  if (!isExposed(wanted.exposure)) return route;
  const isPromoted = wanted.isOver === true && wanted.exposure.weight === EVERYTHING;
  return isPromoted
    ? promotedRoute(route, wanted, namespace)
    : exposedRoute(route, wanted, namespace);
}

function annotations(
  { release, generation }: Traffic,
  found: readonly Found[],
): Readonly<Record<string, string>> {
  const original = found.map(({ name, originals }) => {
    const given = originals.filter((one) => one.given);
    return [name, given.map(({ route }) => leafOf(route))] as const;
  });
  return {
    [releaseAnnotation]: release,
    [generationAnnotation]: String(generation),
    [originalAnnotation]: JSON.stringify(
      Object.fromEntries(original.filter(([, leaves]) => leaves.length > 0)),
    ),
  };
}

const leafOf = (route: Fields): Fields =>
  Object.fromEntries(Object.entries(route).filter(([key]) => isLeaf(key)));

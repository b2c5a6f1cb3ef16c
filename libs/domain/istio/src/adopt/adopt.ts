import { isExposed } from '@spillway/domain-traffic';
import { EVERYTHING } from '@spillway/kernel';
import { savedByOther, savedText } from './adopted-original.js';
import { adoptionProblem, noneGiven } from './adopted-problem.js';
import { exposedConnections, exposedRoute, promotedRoute } from './adopted-route.js';
import { missingPart, routesBefore } from './adopted-section.js';
import { lookAt, type SeenSection, type Sight } from './adopted-sight.js';
import type { LiveObject } from '../istio-object.js';
import type { LiveRouting } from '../live-routing.js';
import type { PatchOperation } from './patch.js';
import { patchOf, type Section } from './patch-adopted.js';
import {
  generationAnnotation,
  originalAnnotation,
  releaseAnnotation,
} from '../render/routing-name.js';
import { fieldsOf, type Fields } from '../spec-fields.js';
import { ownershipOf, type Traffic } from '../traffic.js';

/** What is left to do to an adopted VirtualService. */
export type Adoption =
  | { readonly kind: 'same' }
  | { readonly kind: 'patch'; readonly operations: readonly PatchOperation[] }
  /** It cannot say what is wanted, or is not what it was when it was adopted. Never on the way back. */
  | { readonly kind: 'problem'; readonly because: string };

/**
 * Brings people's VirtualService to the wanted traffic by touching nothing but
 * the destinations and mirrors of the routes that it was given, routes of our
 * own, and three annotations. One of them keeps what was there, so that whoever
 * comes next can give it back: without exposure the object is as people wrote it.
 *
 * Whoever takes away all three and leaves our weights makes the weights people's.
 */
export function adopt(wanted: Traffic, live: LiveObject): Adoption {
  const sight = lookAt(wanted, live);
  const isLeft = !isExposed(wanted.exposure) || wanted.isOver === true;
  const sections = isLeft
    ? sight.sections.map((section) => leftSection(section, wanted, live))
    : exposedSections(sight, wanted, live);
  if (typeof sections === 'string') return { kind: 'problem', because: sections };
  const isGivenBack = isLeft && wanted.isFenced !== true;
  const operations = patchOf(live, sections, annotationsOf(sight, wanted, isGivenBack));
  return operations.length === 0 ? { kind: 'same' } : { kind: 'patch', operations };
}

/**
 * Why people's VirtualService does not route to stable, as after a promotion that its cluster has
 * missed: without exposure there is nothing to write into it, and still it is not as wanted.
 */
export function unroutedStable(
  wanted: Traffic,
  { virtualService }: LiveRouting,
): string | undefined {
  const { kind } = ownershipOf(wanted.service);
  if (kind !== 'adopted' || virtualService === undefined || wanted.isOver === true)
    return undefined;
  return noneGiven(lookAt(wanted, virtualService), wanted, virtualService);
}

/** As people wrote it, but for a promotion. */
function leftSection(section: SeenSection, wanted: Traffic, live: LiveObject): Section {
  const isPromoted = wanted.isOver === true && wanted.exposure.weight === EVERYTHING;
  const { namespace } = live.metadata;
  return {
    ...section,
    before: section.theirs.map(() => []),
    theirs: section.theirs.map(({ route, given }) =>
      given && isPromoted ? promotedRoute(route, wanted, namespace) : route,
    ),
  };
}

/** With the wanted exposure, or why that cannot be. */
function exposedSections(
  sight: Sight,
  wanted: Traffic,
  live: LiveObject,
): readonly Section[] | string {
  const because = adoptionProblem(sight, wanted, live);
  if (because !== undefined) return because;
  const made: Section[] = [];
  for (const section of sight.sections) {
    const before = ownRoutes(section, wanted, live);
    if (typeof before === 'string') return before;
    made.push({ ...section, before, theirs: exposedRoutes(section, wanted, live) });
  }
  const missing = missingPart(
    made.flatMap(({ before }) => before.flat()),
    wanted,
  );
  return missing === undefined
    ? made
    : `no route that Spillway was given takes requests of "${missing}"`;
}

const exposedRoutes = (
  { name, theirs }: SeenSection,
  wanted: Traffic,
  { metadata: { namespace } }: LiveObject,
): readonly Fields[] =>
  theirs.map(({ route, given }) => {
    if (!given) return route;
    return name === 'http'
      ? exposedRoute(route, wanted, namespace)
      : exposedConnections(route, wanted, namespace);
  });

/** Our routes in front of each of people's; connections are told apart by nothing that a request has. */
function ownRoutes(
  { name, theirs }: SeenSection,
  traffic: Traffic,
  { metadata: { namespace }, spec }: LiveObject,
): Section['before'] | string {
  const before: (readonly Fields[])[] = [];
  let ordinal = 0;
  for (const { route, given } of theirs) {
    const place = { traffic, namespace, spec: fieldsOf(spec), ordinal };
    const own = given && name === 'http' ? routesBefore(route, place) : [];
    if (typeof own === 'string') return own;
    before.push(own);
    ordinal += given ? 1 : 0;
  }
  return before;
}

/** `undefined`: those that are there belong to a release of another service. */
function annotationsOf(
  { saved, sections }: Sight,
  wanted: Traffic,
  isGivenBack: boolean,
): Readonly<Record<string, string>> | undefined {
  if (savedByOther(saved, wanted.service) !== undefined) return undefined;
  if (isGivenBack) return {};
  return {
    [releaseAnnotation]: wanted.release,
    [generationAnnotation]: String(wanted.generation),
    [originalAnnotation]: savedText(
      wanted,
      sections.map(({ name, theirs }) => {
        const given = theirs.filter((one) => one.given).map(({ route }) => route);
        return [name, given] as const;
      }),
    ),
  };
}

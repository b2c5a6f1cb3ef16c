import {
  originalsOf,
  savedByOther,
  savedOf,
  sectionNames,
  type Saved,
  type SectionName,
} from './adopted-original.js';
import { reachesStable } from './adopted-route.js';
import type { LiveObject } from '../istio-object.js';
import { ownPart } from '../render/routing-name.js';
import { fieldsOf, listOf, type Fields } from '../spec-fields.js';
import { ownershipOf, type Traffic } from '../traffic.js';

/** One list of routes of an adopted VirtualService. */
export interface SeenSection {
  readonly name: SectionName;
  readonly live: readonly Fields[];
  /** Which of the live ones are ours. */
  readonly isOwn: readonly boolean[];
  /** People's, as they were before the release; each with whether Spillway may change it. */
  readonly theirs: readonly { readonly route: Fields; readonly given: boolean }[];
  readonly isAmbiguous: boolean;
}

/** An adopted VirtualService: what is there, and what was there before. */
export interface Sight {
  readonly saved: Saved | 'lost' | undefined;
  readonly sections: readonly SeenSection[];
}

export function lookAt(wanted: Traffic, live: LiveObject): Sight {
  // Route names do not say the namespace: of two services with one name only one is at work here.
  const isOthers = savedByOther(savedOf(live, false), wanted.service) !== undefined;
  const lists = sectionNames.map((name) => {
    const routes = listOf(fieldsOf(live.spec)[name]).map(fieldsOf);
    return {
      name,
      live: routes,
      isOwn: routes.map(({ name: own }) => !isOthers && ownPart(wanted.service, own) !== undefined),
    };
  });
  const saved = savedOf(
    live,
    lists.some(({ isOwn }) => isOwn.includes(true)),
  );
  const { namespace } = live.metadata;
  const sections = lists.map((list) => {
    const theirs = list.live.filter((_, i) => list.isOwn[i] !== true);
    const { routes, isAmbiguous } = originalsOf(theirs, list.name, saved, wanted, namespace);
    return {
      ...list,
      isAmbiguous,
      theirs: routes.map((route) => ({ route, given: isGiven(route, wanted, namespace) })),
    };
  });
  return { saved, sections };
}

/** It goes to stable, and has a name that Spillway may touch. */
function isGiven(route: Fields, wanted: Traffic, namespace: string): boolean {
  const names = namesGiven(wanted);
  const isNamed = names === undefined || names.some((name) => name === route['name']);
  return isNamed && reachesStable(route, wanted, namespace);
}

/** Absent: every route that goes to stable. */
export function namesGiven({ service }: Traffic): readonly string[] | undefined {
  const ownership = ownershipOf(service);
  return ownership.kind === 'adopted' ? ownership.routes : undefined;
}

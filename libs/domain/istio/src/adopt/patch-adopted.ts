import { leafKeys } from './adopted-route.js';
import type { LiveObject } from '../istio-object.js';
import { pointer, type PatchOperation } from './patch.js';
import {
  generationAnnotation,
  originalAnnotation,
  releaseAnnotation,
} from '../render/routing-name.js';
import { isSameJson, type Fields } from '../spec-fields.js';

/** A list of routes as it is, and as it should be. */
export interface Section {
  readonly name: 'http' | 'tls' | 'tcp';
  readonly live: readonly Fields[];
  /** Which of the live ones are ours. */
  readonly isOwn: readonly boolean[];
  /** People's routes as they should be, in their order. */
  readonly theirs: readonly Fields[];
  /** Our routes in front of each of people's. */
  readonly before: readonly (readonly Fields[])[];
}

const ownAnnotations = [releaseAnnotation, generationAnnotation, originalAnnotation];

/**
 * The operations between the two; none when they are equal. Each change follows
 * a test of what it changes, so that it never lands in another place than the
 * one that was looked at. Only annotations where there were none cannot be
 * tested: for these the writer has to compare the resourceVersion.
 *
 * Without `annotations` they stay as they are.
 */
export const patchOf = (
  live: LiveObject,
  sections: readonly Section[],
  annotations: Readonly<Record<string, string>> | undefined,
): readonly PatchOperation[] => [
  ...(annotations === undefined ? [] : annotate(live.metadata.annotations, annotations)),
  ...sections.flatMap(patchSection),
];

function patchSection(section: Section): readonly PatchOperation[] {
  const { name, live, isOwn, theirs, before } = section;
  const at = (...keys: readonly (string | number)[]) => pointer('spec', name, ...keys);
  const wanted = theirs.flatMap((route, i) => [...(before[i] ?? []), route]);
  if (isSameJson(wanted, live)) return [];

  const removals = live
    .map((route, i) => ({ route, i }))
    .filter(({ i }) => isOwn[i] === true)
    .reverse()
    .flatMap(({ route, i }): PatchOperation[] => [
      { op: 'test', path: at(i, 'name'), value: route['name'] },
      { op: 'remove', path: at(i) },
    ]);
  const left = live.filter((_, i) => isOwn[i] !== true);
  // From behind, so that what is added moves no place that is still to come.
  const changes = left
    .map((route, i) => patchRoute(route, theirs[i] ?? {}, before[i] ?? [], at(i)))
    .reverse();
  return [...removals, ...changes.flat()];
}

/** Of one route of people's: all of it is tested, for what is added to it or before it has nothing to test. */
function patchRoute(
  live: Fields,
  wanted: Fields,
  before: readonly Fields[],
  path: string,
): readonly PatchOperation[] {
  const operations = [
    ...leafKeys.flatMap((key) => change(path + pointer(key), live[key], wanted[key])),
    ...before.toReversed().map((value): PatchOperation => ({ op: 'add', path, value })),
  ];
  return operations.length === 0 ? [] : [{ op: 'test', path, value: live }, ...operations];
}

function annotate(
  live: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): readonly PatchOperation[] {
  const path = pointer('metadata', 'annotations');
  if (Object.keys(live).length === 0) {
    return Object.keys(wanted).length === 0 ? [] : [{ op: 'add', path, value: wanted }];
  }
  return ownAnnotations.flatMap((key) => {
    const from = live[key];
    const test: PatchOperation[] =
      from === undefined ? [] : [{ op: 'test', path: path + pointer(key), value: from }];
    const to = change(path + pointer(key), from, wanted[key]);
    return to.length === 0 ? [] : [...test, ...to];
  });
}

function change(path: string, from: unknown, to: unknown): readonly PatchOperation[] {
  if (isSameJson(from, to)) return [];
  if (to === undefined) return [{ op: 'remove', path }];
  return [{ op: from === undefined ? 'add' : 'replace', path, value: to }];
}

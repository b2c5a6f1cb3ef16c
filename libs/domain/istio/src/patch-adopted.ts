import { leafKeys } from './adopted-route.js';
import type { LiveObject } from './istio-object.js';
import { pointer, type PatchOperation } from './patch.js';
import { generationAnnotation, originalAnnotation, releaseAnnotation } from './routing-name.js';
import { isSameJson, type Fields } from './spec-fields.js';

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
 * one that was looked at.
 */
export const patchOf = (
  live: LiveObject,
  sections: readonly Section[],
  annotations: Readonly<Record<string, string>>,
): readonly PatchOperation[] => [
  ...annotate(live.metadata.annotations, annotations),
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
  const changes = left.flatMap((route, i) => patchLeaf(route, theirs[i] ?? {}, at(i)));
  const additions = before
    .map((own, i) => ({ own, i }))
    .reverse()
    .flatMap(({ own, i }) =>
      own.toReversed().map((value): PatchOperation => ({ op: 'add', path: at(i), value })),
    );
  // What is added goes before routes that were found by their place: these are tested even when unchanged.
  const anchors = before.flatMap((own, i): PatchOperation[] =>
    own.length === 0 ? [] : [{ op: 'test', path: at(i), value: theirs[i] }],
  );
  return [...removals, ...changes, ...anchors, ...additions];
}

function patchLeaf(live: Fields, wanted: Fields, path: string): readonly PatchOperation[] {
  return leafKeys.flatMap((key): readonly PatchOperation[] => {
    if (isSameJson(live[key], wanted[key])) return [];
    return change(path + pointer(key), live[key], wanted[key]);
  });
}

function annotate(
  live: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): readonly PatchOperation[] {
  const path = pointer('metadata', 'annotations');
  const others = Object.keys(live).filter((key) => !ownAnnotations.includes(key));
  if (ownAnnotations.every((key) => live[key] === wanted[key])) return [];
  if (Object.keys(live).length === 0) return [{ op: 'add', path, value: wanted }];
  if (others.length === 0 && Object.keys(wanted).length === 0) return [{ op: 'remove', path }];
  return ownAnnotations.flatMap((key) =>
    live[key] === wanted[key] ? [] : change(path + pointer(key), live[key], wanted[key]),
  );
}

function change(path: string, from: unknown, to: unknown): readonly PatchOperation[] {
  if (from === undefined) return [{ op: 'add', path, value: to }];
  const test = { op: 'test', path, value: from } as const;
  return [test, to === undefined ? { op: 'remove', path } : { op: 'replace', path, value: to }];
}

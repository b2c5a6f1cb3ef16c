import { fieldsOf, isSameJson, listOf } from '@spillway/domain-istio';
import type { EgressObject, EgressWrite } from './egress-write.js';
import { ofKind, placeOf, type LiveEgress, type LiveEgressObject } from './live-egress.js';
import { isOwn } from './own-object.js';
import type { WantedEgress } from './policy.js';
import { renderEntries } from './render-entries.js';

/** The namespace's own ServiceEntries that there are. */
export const ownEntries = (
  namespace: string,
  live: Pick<LiveEgress, 'objects'>,
): readonly LiveEgressObject[] =>
  ofKind(live, 'ServiceEntry').filter(
    (entry) => entry.metadata.namespace === namespace && isOwn(entry),
  );

/** Makes what is missing, and gives back its shape to what was changed. */
export function entriesToWrite(wanted: WantedEgress, live: LiveEgress): readonly EgressWrite[] {
  const there = ofKind(live, 'ServiceEntry');
  return renderEntries(wanted, live).flatMap((object) => {
    const known = there.find(({ metadata }) => isSamePlace(metadata, object.metadata));
    const write = writeOf(object, known);
    return write === undefined ? [] : [write];
  });
}

/** Somebody's object under a name of ours: nothing is written over it. */
export const takenName = (wanted: WantedEgress, live: LiveEgress): LiveEgressObject | undefined => {
  const names = renderEntries(wanted, live).map(({ metadata }) => metadata);
  return ofKind(live, 'ServiceEntry').find(
    (entry) => !isOwn(entry) && names.some((name) => isSamePlace(entry.metadata, name)),
  );
};

/** Those of ours that the allow-list has no more. */
export function entriesToRemove(wanted: WantedEgress, live: LiveEgress): readonly EgressWrite[] {
  const names = new Set(renderEntries(wanted, live).map(({ metadata }) => metadata.name));
  return ownEntries(wanted.namespace, live)
    .filter(({ metadata }) => !names.has(metadata.name))
    .map((entry) => removal(entry));
}

export const removal = (object: LiveEgressObject): EgressWrite => ({
  do: 'remove',
  place: placeOf(object),
  resourceVersion: object.metadata.resourceVersion,
});

/**
 * Server-side apply gives our fields back and leaves those that others added; a
 * ServiceEntry with more in it than the allow-list says is replaced whole.
 */
function writeOf(
  object: EgressObject,
  known: LiveEgressObject | undefined,
): EgressWrite | undefined {
  if (known === undefined) return { do: 'apply', object };
  const { resourceVersion } = known.metadata;
  const isMarked = isWithin(object.metadata, known.metadata);
  if (!isMarked || !isWithin(object.spec, known.spec)) {
    return { do: 'apply', object, resourceVersion };
  }
  if (isSameJson(object.spec, known.spec)) return undefined;
  return {
    do: 'patch',
    place: placeOf(known),
    resourceVersion,
    operations: [{ op: 'replace', path: '/spec', value: object.spec }],
  };
}

/** Whether the live value says all that the wanted one does. */
function isWithin(wanted: unknown, live: unknown): boolean {
  if (Array.isArray(wanted)) {
    const items = listOf(live);
    return wanted.every((item) => items.some((one) => isWithin(item, one)));
  }
  if (typeof wanted !== 'object' || wanted === null) return wanted === live;
  const fields = fieldsOf(live);
  return Object.entries(wanted).every(([key, value]) => isWithin(value, fields[key]));
}

const isSamePlace = (
  a: { readonly namespace: string; readonly name: string },
  b: { readonly namespace: string; readonly name: string },
): boolean => a.namespace === b.namespace && a.name === b.name;

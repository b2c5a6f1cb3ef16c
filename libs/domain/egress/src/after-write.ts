import { applyPatch, fieldsOf } from '@spillway/domain-istio';
import type { EgressWrite } from './egress-write.js';
import type { EgressPlace, LiveEgressObject } from './live-egress.js';

export interface WriteStamp {
  readonly resourceVersion: string;
  readonly at: string;
  readonly manager: string;
}

/**
 * What a cluster holds after a write, or `undefined` when the write is about an
 * object that is not there in that version. Top-level fields of a spec that the
 * write does not name stay, as server-side apply leaves what others own.
 */
export function afterEgressWrite(
  objects: readonly LiveEgressObject[],
  write: EgressWrite,
  stamp: WriteStamp,
): readonly LiveEgressObject[] | undefined {
  const place = placeOfWrite(write);
  const known = objects.find((object) => isAt(object, place));
  const others = objects.filter((object) => object !== known);
  if (write.do === 'remove' && known === undefined) return objects;
  if (known?.metadata.resourceVersion !== write.resourceVersion) return undefined;
  if (write.do === 'remove') return others;
  const next = write.do === 'apply' ? applied(write, known, stamp) : patched(write, known);
  return next === undefined ? undefined : [...others, stamped(next, stamp)];
}

const placeOfWrite = (write: EgressWrite): EgressPlace =>
  write.do === 'apply' ? { kind: write.object.kind, ...write.object.metadata } : write.place;

const isAt = ({ kind, metadata }: LiveEgressObject, place: EgressPlace): boolean =>
  kind === place.kind && metadata.namespace === place.namespace && metadata.name === place.name;

function applied(
  { object }: Extract<EgressWrite, { do: 'apply' }>,
  known: LiveEgressObject | undefined,
  { at, resourceVersion }: WriteStamp,
): LiveEgressObject {
  const { namespace, name, labels, annotations } = object.metadata;
  const before = known?.metadata;
  return {
    kind: object.kind,
    metadata: {
      namespace,
      name,
      labels: { ...before?.labels, ...labels },
      annotations: { ...before?.annotations, ...annotations },
      resourceVersion,
      createdAt: before?.createdAt ?? at,
      managers: before?.managers ?? [],
    },
    spec: { ...fieldsOf(known?.spec), ...object.spec },
  };
}

const patched = (
  { operations }: Extract<EgressWrite, { do: 'patch' }>,
  known: LiveEgressObject | undefined,
): LiveEgressObject | undefined => known && applyPatch(known, operations);

const stamped = (
  { metadata, ...object }: LiveEgressObject,
  { resourceVersion, at, manager }: WriteStamp,
): LiveEgressObject => ({
  ...object,
  metadata: {
    ...metadata,
    resourceVersion,
    managers: [{ name: manager, at }, ...metadata.managers.filter(({ name }) => name !== manager)],
  },
});

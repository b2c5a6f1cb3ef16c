import {
  fieldsOf,
  isSameJson,
  istioApiVersion,
  pointer,
  type PatchOperation,
} from '@spillway/domain-istio';
import { isRegistryOnly, type Sidecars } from './deciding-sidecar.js';
import type { EgressObject, EgressWrite } from './egress-write.js';
import { removal } from './entry-writes.js';
import { placeOf, type LiveEgressObject } from './live-egress.js';
import { originalPolicyAnnotation, ownLabels, ownPrefix } from './own-object.js';

const closed = { mode: 'REGISTRY_ONLY' } as const;
const policyPath = '/spec/outboundTrafficPolicy';
const notePath = pointer('metadata', 'annotations', originalPolicyAnnotation);

/** Closes the namespace, or keeps it closed: in people's Sidecar where there is one, else in our own. */
export function closeWrites(namespace: string, sidecars: Sidecars): readonly EgressWrite[] {
  const [theirs] = sidecars.theirs;
  if (theirs === undefined) return closeByOwn(namespace, sidecars);
  if (!isRegistryOnly(theirs)) return [close(theirs)];
  // Since people have a Sidecar for the whole namespace, ours only stands beside it (IST0111).
  return sidecars.own === undefined ? [] : [removal(sidecars.own)];
}

/** Takes back what was done to close it. What people close themselves stays closed. */
export function openWrites({ theirs, own }: Sidecars): readonly EgressWrite[] {
  return [
    ...(own === undefined ? [] : [removal(own)]),
    ...theirs.filter(isNoted).map((sidecar) => restore(sidecar)),
  ];
}

const isNoted = ({ metadata: { annotations } }: LiveEgressObject): boolean =>
  annotations[originalPolicyAnnotation] !== undefined;

function closeByOwn(namespace: string, { own, root }: Sidecars): readonly EgressWrite[] {
  const object = ownSidecar(namespace, root);
  if (own === undefined) return [{ do: 'apply', object }];
  if (isSameJson(object.spec, own.spec)) return [];
  const { resourceVersion } = own.metadata;
  const value = object.spec;
  const operations = [{ op: 'replace', path: '/spec', value }] as const;
  return [{ do: 'patch', place: placeOf(own), operations, resourceVersion }];
}

/** A Sidecar of the namespace hides the one of the root namespace, so it says all that that one does. */
function ownSidecar(namespace: string, root: LiveEgressObject | undefined): EgressObject {
  const inherited = root === undefined ? { egress: [{ hosts: ['*/*'] }] } : fieldsOf(root.spec);
  return {
    apiVersion: istioApiVersion,
    kind: 'Sidecar',
    metadata: { namespace, name: ownPrefix, labels: ownLabels, annotations: {} },
    spec: { ...inherited, outboundTrafficPolicy: closed },
  };
}

/** What was there is noted beside it, unless that was done before: then somebody opened it since. */
function close(sidecar: LiveEgressObject): EgressWrite {
  const { metadata } = sidecar;
  const before = policyOf(sidecar);
  const note: readonly PatchOperation[] = isNoted(sidecar)
    ? []
    : [
        ...annotationsOf(sidecar),
        { op: 'add', path: notePath, value: JSON.stringify(before ?? null) },
      ];
  return {
    do: 'patch',
    place: placeOf(sidecar),
    resourceVersion: metadata.resourceVersion,
    operations: [...unchanged(before), ...note, { op: 'add', path: policyPath, value: closed }],
  };
}

/** An API server keeps no empty map. */
const annotationsOf = ({ metadata }: LiveEgressObject): readonly PatchOperation[] =>
  Object.keys(metadata.annotations).length > 0
    ? []
    : [{ op: 'add', path: '/metadata/annotations', value: {} }];

/** Whatever people wrote there since it was closed is what they want now. */
function restore(sidecar: LiveEgressObject): EgressWrite {
  const now = policyOf(sidecar);
  const isOurs = isSameJson(now, closed);
  return {
    do: 'patch',
    place: placeOf(sidecar),
    resourceVersion: sidecar.metadata.resourceVersion,
    operations: [
      ...unchanged(now),
      { op: 'remove', path: notePath },
      ...(isOurs ? [giveBack(originalOf(sidecar))] : []),
    ],
  };
}

const giveBack = (original: unknown): PatchOperation =>
  original === undefined
    ? { op: 'remove', path: policyPath }
    : { op: 'replace', path: policyPath, value: original };

const unchanged = (policy: unknown): readonly PatchOperation[] =>
  policy === undefined ? [] : [{ op: 'test', path: policyPath, value: policy }];

const policyOf = ({ spec }: LiveEgressObject): unknown => fieldsOf(spec)['outboundTrafficPolicy'];

/** Somebody may have edited the note too; then the mesh's own setting holds again. */
function originalOf({ metadata }: LiveEgressObject): unknown {
  try {
    return (
      (JSON.parse(metadata.annotations[originalPolicyAnnotation] ?? 'null') as unknown) ?? undefined
    );
  } catch {
    return undefined;
  }
}

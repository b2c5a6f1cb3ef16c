import type { IstioKind, LiveObject } from '@spillway/domain-istio';
import type { ApiObject, ManagedFields } from './api-object.js';

export const fieldManager = 'spillway';

/** Keeps what is asked about later: a cluster may hold many thousands of these. */
export const toLiveObject = (kind: IstioKind, { metadata, spec }: ApiObject): LiveObject => ({
  kind,
  metadata: {
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    resourceVersion: metadata.resourceVersion,
    managers: managersOf(metadata.managedFields ?? []),
  },
  spec: spec ?? {},
});

/**
 * Newest first. Times have whole seconds: of two in the same second, the one
 * that is not Spillway goes first, for that is the one that somebody looks for.
 */
export function managersOf(fields: readonly ManagedFields[]): LiveObject['metadata']['managers'] {
  return fields
    .filter(({ subresource }) => subresource === undefined || subresource === '')
    .map(({ manager, time }) => ({ name: manager ?? 'unknown', at: time ?? '' }))
    .sort(
      (a, b) =>
        b.at.localeCompare(a.at) ||
        Number(a.name === fieldManager) - Number(b.name === fieldManager),
    );
}

import type { EgressKind, LiveEgressObject } from '@spillway/domain-egress';
import type { ApiList, ApiObject } from '../api-object.js';
import type { ApiSession } from '../api-session.js';
import type { Patience } from '../written.js';
import { istioApiPath } from '../istio-api.js';
import { managersOf } from '../live-object.js';

export const egressPlurals: Readonly<Record<EgressKind, string>> = {
  ServiceEntry: 'serviceentries',
  Sidecar: 'sidecars',
};

export const egressPath = (
  kind: EgressKind,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): string => `${istioApiPath}/namespaces/${namespace}/${egressPlurals[kind]}/${name}`;

const pageSize = 500;

/** All objects of a kind in the cluster, page by page. */
export async function listEgress(
  session: ApiSession,
  kind: EgressKind,
  within: Patience,
): Promise<readonly ApiObject[]> {
  const items: ApiObject[] = [];
  for (let next = ''; ;) {
    const query = new URLSearchParams({ limit: String(pageSize), ...(next && { continue: next }) });
    const path = `${istioApiPath}/${egressPlurals[kind]}?${query.toString()}`;
    const list = (await session.call({ path, ...(within && { within }) })) as ApiList;
    items.push(...(list.items ?? []));
    next = list.metadata.continue ?? '';
    if (next === '') return items;
  }
}

export const toEgressObject = (
  kind: EgressKind,
  { metadata, spec }: ApiObject,
): LiveEgressObject => ({
  kind,
  metadata: {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    resourceVersion: metadata.resourceVersion,
    createdAt: metadata.creationTimestamp ?? '',
    managers: managersOf(metadata.managedFields ?? []),
  },
  spec: spec ?? {},
});

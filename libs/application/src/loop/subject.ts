import type { Release } from '@spillway/domain-release';
import { InvariantBroken, type ClusterName, type ReleaseId } from '@spillway/kernel';
import type { Connections } from '../connection/connections.js';
import type { ClusterLink } from '../port/cluster-link.js';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { ServiceRecord } from '../port/service-store.js';
import type { Reads } from '../port/unit-of-work.js';

/** What a piece of work is about. */
export interface Subject {
  readonly release: Release;
  readonly service: ServiceRecord;
  readonly clusters: readonly ClusterRecord[];
}

/** `undefined` when the release does not exist: there is nothing to do, and that is no error. */
export async function loadSubject(
  stores: Reads,
  id: ReleaseId,
  { lock }: { readonly lock: boolean },
): Promise<Subject | undefined> {
  const release = await (lock ? stores.releases.lock(id) : stores.releases.get(id));
  if (release === undefined) return undefined;
  const service = await stores.services.get(release.service);
  if (service === undefined) throw new InvariantBroken(`service ${release.service} is gone`);
  return { release, service, clusters: await stores.clusters.getAll(release.plan.waves.flat()) };
}

export const linksTo = (
  clusters: readonly ClusterRecord[],
  links: Connections<ClusterLink>,
): ReadonlyMap<ClusterName, ClusterLink> =>
  new Map(clusters.map((record) => [record.name, links.to(record)]));

import { planDigest, type ServiceRecord, type Tx } from '@spillway/application';
import type { ClusterSeen, Freeze, Observation, Release } from '@spillway/domain-release';
import type { ClusterName } from '@spillway/kernel';
import type { VirtualWorker } from '../../virtual/virtual-worker.js';

/**
 * What a worker could know when it decided: clusters by its own links, and gates and freeze windows
 * by the database itself, whatever it was told of them.
 */
export async function seenBy(
  worker: VirtualWorker,
  release: Release,
  tx: Tx,
): Promise<Observation | undefined> {
  const service = await tx.services.get(release.service);
  if (service === undefined) return undefined;
  const known = await tx.gates.ofService(release.service);
  const names = release.plan.waves.flat();
  return {
    clusters: new Map(names.map((name) => [name, clusterBy(worker, name, service, release)])),
    measurements: [],
    gates: {
      plan: planDigest(release.plan),
      manual: new Map(known.map(({ gate, state }) => [gate, state])),
    },
    freezes: await freezesIn(tx, names),
  };
}

function clusterBy(
  worker: VirtualWorker,
  name: ClusterName,
  service: ServiceRecord,
  { candidate, stable }: Release,
): ClusterSeen {
  const link = worker.seen.get(name);
  const state = link?.state();
  if (link === undefined || state === undefined || state.kind === 'connecting') {
    return { kind: 'connecting' };
  }
  if (state.kind === 'unreachable') return state;
  const { deployments } = link.routing(service) ?? {};
  // Where pods are the weights a candidate begins without any.
  if (deployments !== undefined) {
    const stableEndpoints = deployments.get(stable)?.ready;
    return { kind: 'reachable', candidateEndpoints: deployments.size, stableEndpoints };
  }
  return {
    kind: 'reachable',
    candidateEndpoints: link.readyEndpoints(service, candidate),
    stableEndpoints: link.readyEndpoints(service, stable),
  };
}

/** Windows of the nights are for everything, and once. */
async function freezesIn(tx: Tx, clusters: readonly ClusterName[]): Promise<readonly Freeze[]> {
  const windows = await tx.freezeWindows.all();
  return windows.flatMap(({ name, times, because }) => {
    if (times.kind !== 'once' || tx.now < times.from || tx.now >= times.to) return [];
    return [{ window: name, clusters, until: times.to, because }];
  });
}

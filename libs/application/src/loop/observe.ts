import type { Measurement } from '@spillway/domain-analysis';
import {
  differences,
  foreignClaim,
  isInForce,
  renderVirtualService,
  type LiveObject,
  type LiveRouting,
  type Traffic,
} from '@spillway/domain-istio';
import type { ClusterSeen, Observation, Release } from '@spillway/domain-release';
import type { ClusterName } from '@spillway/kernel';
import type { ClusterLink } from '../port/cluster-link.js';
import type { ServiceRecord } from '../port/service-store.js';
import { claimsThatCount, desiredTraffic, isUntouched } from './desired-traffic.js';

/** Looks at every cluster of the release through its link: reads of memory only. */
export function observe(
  release: Release,
  service: ServiceRecord,
  links: ReadonlyMap<ClusterName, ClusterLink>,
  measurements: readonly Measurement[],
): Observation {
  const clusters = new Map<ClusterName, ClusterSeen>();
  for (const cluster of release.plan.waves.flat()) {
    const link = links.get(cluster);
    clusters.set(
      cluster,
      link === undefined ? { kind: 'connecting' } : seenThrough(link, release, service),
    );
  }
  return { clusters, measurements };
}

function seenThrough(link: ClusterLink, release: Release, service: ServiceRecord): ClusterSeen {
  const state = link.state();
  if (state.kind === 'unreachable') return state;
  const known = link.routing(service);
  if (state.kind === 'connecting' || known === undefined) return { kind: 'connecting' };
  const live = claimsThatCount(release, service, known);
  const foreign = foreignClaim(
    { service, stable: release.stable, candidate: release.candidate },
    live,
  );
  return {
    kind: 'reachable',
    candidateEndpoints: link.readyEndpoints(service, release.candidate),
    stableEndpoints: link.readyEndpoints(service, release.stable),
    ...(foreign === undefined ? {} : { foreign }),
    ...routingSeen(link.cluster, live, release, service),
  };
}

function routingSeen(
  cluster: ClusterName,
  live: LiveRouting,
  release: Release,
  service: ServiceRecord,
): Pick<Extract<ClusterSeen, { kind: 'reachable' }>, 'inForce' | 'drift'> {
  const rollout = release.rollouts.find((one) => one.cluster === cluster);
  if (rollout === undefined) return {};
  const wanted = desiredTraffic(release, rollout, service);
  if (isInForce(wanted, live) || isUntouched(release, service, live))
    return { inForce: wanted.generation };
  return { drift: describeDrift(wanted, live) };
}

/** `kubectl-edit made spec.http[0].route[1].weight 50 instead of 10`. */
function describeDrift(wanted: Traffic, { virtualService, destinationRule }: LiveRouting): string {
  if (virtualService === undefined) return 'the VirtualService is gone';
  const [first] = differences(renderVirtualService(wanted), virtualService);
  if (first !== undefined) {
    return `${lastWriter(virtualService)} made ${first.path} ${first.live} instead of ${first.wanted}`;
  }
  if (destinationRule === undefined) return 'the DestinationRule is gone';
  return `${lastWriter(destinationRule)} changed the DestinationRule`;
}

const lastWriter = ({ metadata }: LiveObject): string => metadata.managers[0]?.name ?? 'somebody';

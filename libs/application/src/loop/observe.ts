import type { Measurement, Sampling } from '@spillway/domain-analysis';
import {
  describeDrift,
  foreignClaim,
  isInForce,
  isKept,
  obstacle,
  ownershipOf,
  unroutedStable,
  type LiveRouting,
} from '@spillway/domain-istio';
import type { ClusterSeen, Observation, Release } from '@spillway/domain-release';
import { NOTHING, type ClusterName, type Version } from '@spillway/kernel';
import type { ClusterLink } from '../port/cluster-link.js';
import type { ServiceRecord } from '../port/service-store.js';
import { claimsThatCount, desiredTraffic, isGoingBack, isUntouched } from './desired-traffic.js';
import { isSplitByUs } from './split-by-us.js';

/** Looks at every cluster of the release through its link: reads of memory only. */
export function observe(
  release: Release,
  service: ServiceRecord,
  links: ReadonlyMap<ClusterName, ClusterLink>,
  measurements: readonly Measurement[],
  sampling: ReadonlyMap<ClusterName, Sampling> = new Map(),
): Observation {
  const clusters = new Map<ClusterName, ClusterSeen>();
  for (const cluster of release.plan.waves.flat()) {
    const link = links.get(cluster);
    clusters.set(
      cluster,
      link === undefined ? { kind: 'connecting' } : seenThrough(link, release, service),
    );
  }
  return {
    clusters,
    measurements,
    sampling,
    isSplitByUs: isSplitByUs(service),
  };
}

function seenThrough(link: ClusterLink, release: Release, service: ServiceRecord): ClusterSeen {
  const state = link.state();
  if (state.kind === 'unreachable') return state;
  const known = link.routing(service);
  if (state.kind === 'connecting' || known === undefined) return { kind: 'connecting' };
  const live = claimsThatCount(release, service, known);
  const foreign = inTheWay(link.cluster, live, release, service);
  return {
    kind: 'reachable',
    ...endpointsSeen(link, live, release, service),
    ...(foreign === undefined ? {} : { foreign }),
    ...routingSeen(link.cluster, live, release, service),
  };
}

/** What no write can get past: apply waits for it to go, and people have to hear why. */
function inTheWay(
  cluster: ClusterName,
  live: LiveRouting,
  release: Release,
  service: ServiceRecord,
): string | undefined {
  const rollout = release.rollouts.find((one) => one.cluster === cluster);
  if (rollout === undefined || isGoingBack(release.phase)) {
    return foreignClaim({ service, stable: release.stable, candidate: release.candidate }, live);
  }
  const wanted = desiredTraffic(release, rollout, service);
  return obstacle(wanted, live) ?? unroutedStable(wanted, live);
}

type Endpoints = 'candidateEndpoints' | 'stableEndpoints';

/** Where pods are the weights, a candidate that has none yet is what is wanted: its Deployment is there. */
function endpointsSeen(
  link: ClusterLink,
  live: LiveRouting,
  release: Release,
  service: ServiceRecord,
): Pick<Extract<ClusterSeen, { kind: 'reachable' }>, Endpoints> {
  const { candidate, stable, rollouts } = release;
  if (ownershipOf(service).kind !== 'replicas') {
    return {
      candidateEndpoints: link.readyEndpoints(service, candidate),
      stableEndpoints: link.readyEndpoints(service, stable),
    };
  }
  const ready = (version: Version) => live.deployments?.get(version)?.ready ?? 0;
  const rollout = rollouts.find(({ cluster }) => cluster === link.cluster);
  const isUp = rollout?.applied !== undefined && rollout.desired.weight > NOTHING;
  const isThere = live.deployments?.has(candidate) === true;
  return {
    candidateEndpoints: isUp || !isThere ? ready(candidate) : 1,
    stableEndpoints: ready(stable),
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
  const isThere = rollout.applied === undefined ? isInForce(wanted, live) : isKept(wanted, live);
  const isElsewhere = !isGoingBack(release.phase) && unroutedStable(wanted, live) !== undefined;
  if ((isThere && !isElsewhere) || isUntouched(release, service, live))
    return { inForce: wanted.generation };
  return { drift: describeDrift(wanted, live) };
}

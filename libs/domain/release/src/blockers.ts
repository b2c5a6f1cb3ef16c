import { isServing } from '@spillway/domain-traffic';
import { EVERYTHING, type ClusterName } from '@spillway/kernel';
import type { HoldReason } from './hold.js';
import type { Observation } from './observation.js';
import { clustersInPlay, seenOf, unreachableHold } from './reach.js';
import type { Release } from './release.js';

/** Why the release must not go on though nothing speaks against the candidate. */
export const blocker = (release: Release, seen: Observation): HoldReason | undefined =>
  unreachableHold(release, seen) ?? unwritable(release, seen, clustersInPlay(release));

/** Why the first of these clusters will not read back what it was told before people have done something. */
export function unwritable(
  release: Release,
  seen: Observation,
  clusters: readonly ClusterName[],
): HoldReason | undefined {
  for (const cluster of clusters) {
    for (const check of [foreignRouting, driftedRouting, refusedWrite]) {
      const found = check(release, seen, cluster);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

type Check = (release: Release, seen: Observation, cluster: ClusterName) => HoldReason | undefined;

const foreignRouting: Check = (_release, seen, cluster) => {
  const state = seenOf(seen, cluster);
  return state.kind === 'reachable' && state.foreign !== undefined
    ? { kind: 'foreignRouting', cluster, detail: state.foreign }
    : undefined;
};

const driftedRouting: Check = (release, _seen, cluster) => {
  const drifted = release.rollouts.find((rollout) => rollout.cluster === cluster)?.drifted;
  return drifted === undefined ? undefined : { kind: 'drift', cluster, detail: drifted };
};

const refusedWrite: Check = (release, _seen, cluster) => {
  const refused = release.rollouts.find((rollout) => rollout.cluster === cluster)?.refused;
  return refused === undefined ? undefined : { kind: 'writeRefused', cluster, detail: refused };
};

/**
 * Why these clusters must not route anything to this version now. `unknown` while
 * a watch is still filling: neither a hold nor a permission.
 */
export function endpointsBlock(
  release: Release,
  role: 'stable' | 'candidate',
  seen: Observation,
  clusters: readonly ClusterName[],
): HoldReason | 'unknown' | undefined {
  let unknown = false;
  for (const cluster of clusters) {
    const state = seenOf(seen, cluster);
    if (state.kind === 'unreachable') continue;
    const ready = state.kind === 'connecting' ? undefined : state[`${role}Endpoints`];
    if (ready === 0) {
      const detail = `${release[role]} has no ready endpoint in ${cluster}`;
      return { kind: 'noReadyEndpoints', cluster, detail };
    }
    unknown ||= ready === undefined;
  }
  return unknown ? 'unknown' : undefined;
}

/**
 * A cluster in which requests fail because the candidate has traffic and no
 * endpoint, while stable could serve them. That is evidence, not missing data.
 */
export const deadCandidate = (release: Release, seen: Observation): Harm | undefined => {
  const dead = release.rollouts.find(({ cluster, desired, applied, drifted }) => {
    const state = seenOf(seen, cluster);
    return (
      (applied ?? drifted) !== undefined &&
      isServing(desired) &&
      state.kind === 'reachable' &&
      state.candidateEndpoints === 0 &&
      (state.stableEndpoints ?? 0) > 0
    );
  });
  if (dead === undefined) return undefined;
  const share = dead.desired.weight === EVERYTHING ? 'all' : 'a part';
  const because = `${release.candidate} has no ready endpoint in ${dead.cluster}, where it gets ${share} of the traffic`;
  return { cluster: dead.cluster, because };
};

interface Harm {
  readonly cluster: ClusterName;
  readonly because: string;
}

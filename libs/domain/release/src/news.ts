import { act, type Decision } from './decision.js';
import type { Observation } from './observation.js';
import { seenOf } from './reach.js';
import type { Release, Rollout } from './release.js';

/** The first change of a cluster's routing that the release has not noted yet. */
export function routingNews(release: Release, seen: Observation): Decision | undefined {
  for (const rollout of release.rollouts) {
    const news = clusterNews(rollout, seen);
    if (news !== undefined) return news;
  }
  return undefined;
}

function clusterNews(rollout: Rollout, seen: Observation): Decision | undefined {
  const { cluster, desired, applied } = rollout;
  const state = seenOf(seen, cluster);
  if (state.kind !== 'reachable') return undefined;
  const isInForce = state.inForce === desired.generation;
  if (applied === undefined && isInForce) {
    return act(
      { type: 'trafficApplied', cluster, generation: desired.generation },
      `${cluster} has generation ${desired.generation}`,
    );
  }
  if (applied !== undefined && !isInForce) {
    return act(
      { type: 'driftFound', cluster, generation: desired.generation },
      `the routing in ${cluster} was changed: ${state.drift ?? 'it is gone'}`,
    );
  }
  return undefined;
}

import { after, earliest, type Instant } from '@spillway/kernel';
import { act, type Decision } from './decision.js';
import type { Observation } from './observation.js';
import { isFought } from './healing.js';
import { seenOf } from './reach.js';
import type { Release, Rollout } from './release.js';

/** The first change of a cluster's routing that the release has not noted yet. */
export function routingNews(
  release: Release,
  seen: Observation,
  now: Instant,
): Decision | undefined {
  for (const rollout of release.rollouts) {
    const news = clusterNews(release, rollout, seen, now);
    if (news !== undefined) return news;
  }
  return undefined;
}

/**
 * A worker whose watch lags behind the one that saw the read-back would take the
 * old state for somebody's edit. Real edits are still there a moment later.
 */
const grace = 1_000;

/** When what looks like an edit now may be told as one. */
export const doubtEnds = (release: Release, seen: Observation, now: Instant): Instant | undefined =>
  earliest(
    release.rollouts.flatMap(({ cluster, desired, applied }) => {
      const state = seenOf(seen, cluster);
      const isDoubtful = state.kind === 'reachable' && state.inForce !== desired.generation;
      if (applied === undefined || !isDoubtful) return [];
      const end = after(applied.at, grace);
      return end > now ? [end] : [];
    }),
  );

function clusterNews(
  release: Release,
  rollout: Rollout,
  seen: Observation,
  now: Instant,
): Decision | undefined {
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
  const isChanged = applied !== undefined && !isInForce && now - applied.at >= grace;
  return isChanged ? drift(release, rollout, state.drift ?? 'it is gone', now) : undefined;
}

/** Going back is written whatever the service says of drift, and whoever fights it. */
function drift({ phase, plan }: Release, rollout: Rollout, change: string, now: Instant): Decision {
  const { cluster, desired } = rollout;
  const fought = isFought(rollout, now);
  const detail = `the routing in ${cluster} was changed${fought ? ' again and again' : ''}: ${change}`;
  const isHeld = (plan.drift === 'hold' || fought) && phase !== 'rollingBack';
  const about = { type: 'driftFound', cluster, generation: desired.generation } as const;
  return act(isHeld ? { ...about, detail } : about, detail);
}

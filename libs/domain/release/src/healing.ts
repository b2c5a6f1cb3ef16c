import type { ClusterName, Instant } from '@spillway/kernel';
import type { Release, Rollout } from './release.js';

/** Somebody who changes it more often than this in ten minutes will go on, such as a tool that keeps what is in Git. */
const mostTimes = 4;
const period = 600_000;

/** Whether one more change of this routing is to be told to people instead of being written over again. */
export const isFought = ({ healed }: Rollout, now: Instant): boolean =>
  healed !== undefined && healed.times >= mostTimes && now - healed.since < period;

/** What is known of the healing of this cluster's routing after one more time. */
export function healedAgain(
  { rollouts }: Release,
  { cluster, at }: { readonly cluster: ClusterName; readonly at: Instant },
): NonNullable<Rollout['healed']> {
  const before = rollouts.find((one) => one.cluster === cluster)?.healed;
  if (before === undefined || at - before.since >= period) return { times: 1, since: at };
  return { ...before, times: before.times + 1 };
}

/** Once people were told, it counts from the beginning. */
export const withoutHealing = (release: Release, cluster: ClusterName): Release => ({
  ...release,
  rollouts: release.rollouts.map((rollout) => {
    if (rollout.cluster !== cluster) return rollout;
    const { healed: _over, ...rest } = rollout;
    return rest;
  }),
});

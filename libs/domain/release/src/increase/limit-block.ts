import { exposureAfter } from '../exposure-after.js';
import { beyondLimits } from '../limits.js';
import { runningPhase } from '../release.js';
import type { IncreaseBlock } from './increase.js';

/** Steps stay within the limits of the plan. Who promotes has decided to go beyond them. */
export const limitBlock: IncreaseBlock = (release, _seen, { clusters, step }) => {
  const { candidate, plan, rollouts } = release;
  if (plan.limits === undefined || runningPhase(release) === 'promoting') return undefined;
  const exposures = rollouts.map(({ cluster, desired }) =>
    clusters.includes(cluster) ? exposureAfter(step, desired) : desired,
  );
  const beyond = beyondLimits(plan.limits, exposures, candidate);
  if (beyond === undefined) return undefined;
  return {
    hold: { kind: 'limitReached', clusters, detail: `${beyond} until somebody promotes` },
  };
};

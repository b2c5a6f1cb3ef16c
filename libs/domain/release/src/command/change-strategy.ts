import type { ReleaseFact } from '../event.js';
import type { Plan } from '../plan.js';
import { interruptedPhase, type Release } from '../release.js';
import { changeTo, exposureAt, lowered } from './lowered.js';

type StrategyChanged = Extract<ReleaseFact, { type: 'strategyChanged' }>;

/**
 * Another plan for the same clusters. Weights stay: the plan goes on after the last of its weights
 * that clusters have already, so that what it judges there is judged, and only its own steps raise
 * them further. Routes and copies that it does not know there end at once.
 */
export function changeStrategy(
  release: Release,
  strategy: Release['strategy'],
  plan: Plan,
): StrategyChanged {
  const hasBegun = !['pending', 'preparing'].includes(interruptedPhase(release));
  const index = hasBegun ? reachedStep(release, plan) : undefined;
  const kept = release.rollouts.map((rollout) => {
    const wave = plan.waves.findIndex((clusters) => clusters.includes(rollout.cluster));
    const known = exposureAt(plan, wave, index ?? -1);
    return [rollout, lowered(rollout, rollout.desired.weight, known)] as const;
  });
  return {
    type: 'strategyChanged',
    strategy: { from: release.strategy, to: strategy },
    plan: { from: release.plan, to: plan },
    ...(index === undefined ? {} : { index }),
    traffic: changeTo(release, kept),
  };
}

/** The one after the last weight that no cluster has still to get. */
function reachedStep({ rollouts }: Release, { steps, waves }: Plan): number {
  const asksMore = steps.findIndex(
    (step) =>
      step.kind === 'setWeight' &&
      rollouts.some(
        ({ cluster, desired }) =>
          waves[step.wave]?.includes(cluster) === true && desired.weight < step.weight,
      ),
  );
  const before = asksMore === -1 ? steps : steps.slice(0, asksMore);
  return before.findLastIndex(({ kind }) => kind === 'setWeight') + 1;
}

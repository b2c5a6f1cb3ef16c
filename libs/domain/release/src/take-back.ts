import type { Verdict } from '@spillway/domain-analysis';
import { isExposed, unexposed } from '@spillway/domain-traffic';
import { generation, type ClusterName } from '@spillway/kernel';
import type { ReleaseFact } from './event.js';
import { interruptedPhase, type Release, type Rollout } from './release.js';
import { mayServe, rollbackFact } from './rollback.js';

/**
 * What is done about harm in a cluster: all traffic is taken back, or, where the plan says so and
 * earlier waves go well, that of the cluster's wave.
 */
export function takeBack(
  release: Release,
  cluster: ClusterName,
  verdicts?: readonly Verdict[],
): ReleaseFact {
  const wave = release.plan.steps[release.cursor.index]?.wave;
  const isOfWave = (rollout: Rollout): boolean => rollout.wave === wave;
  const harmed = release.rollouts.find((rollout) => rollout.cluster === cluster);
  const isItsTurn = harmed !== undefined && isOfWave(harmed) && isStepping(release);
  const isElsewhere = release.rollouts.some((one) => !isOfWave(one) && isExposed(one.desired));
  if (release.plan.rollBack !== 'wave' || wave === undefined || !isItsTurn || !isElsewhere) {
    return rollbackFact(release, verdicts);
  }
  const clusters = release.rollouts
    .filter((rollout) => isOfWave(rollout) && mayServe(rollout))
    .map((rollout) => ({ cluster: rollout.cluster, ...unexposed }));
  return {
    type: 'waveTakenBack',
    wave,
    index: release.plan.steps.findIndex((step) => step.wave === wave),
    traffic: { generation: generation(release.generation + 1), clusters },
    ...(verdicts === undefined ? {} : { verdicts }),
  };
}

const isStepping = (release: Release): boolean =>
  ['progressing', 'awaitingApproval'].includes(interruptedPhase(release));

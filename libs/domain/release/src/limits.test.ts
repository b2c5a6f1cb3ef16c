import { describe, expect, it } from '@jest/globals';
import {
  after,
  basisPoints,
  clusterName,
  duration,
  generation,
  type ClusterName,
} from '@spillway/kernel';
import { decide } from './decide.js';
import { expandPlan } from './expand-plan.js';
import { stepBeyondLimits } from './limits.js';
import type { Limits, Plan } from './plan.js';
import type { Release, Rollout } from './release.js';
import { aRunningRelease, anObservation } from './testing/an-observation.js';
import { aMoment, aStrategy } from './testing/index.js';
import { judgingOnce } from './testing/judging-once.js';

const names = ['a', 'b', 'c', 'd'].map(clusterName);
const share = (percent: number) => basisPoints(percent * 100);

/** One cluster after the other, each at 20 % and then at 100 %. */
function planWith(limits: Limits): Plan {
  const plan = expandPlan(
    aStrategy({
      waves: [{ kind: 'rest', atOnce: 1 }],
      steps: [
        { kind: 'setWeight', weight: share(20) },
        { kind: 'bake', length: duration(1_000) },
      ],
      limits,
    }),
    names.map((name) => ({ name, labels: {} })),
  );
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
}

const at = (plan: Plan, index: number, weights: readonly number[], about: Partial<Release> = {}) =>
  aRunningRelease({
    plan,
    cursor: { index, started: true, enteredAt: aMoment },
    rollouts: names.map((cluster, wave) => rollout(cluster, wave, weights[wave] ?? 0)),
    ...about,
  });
const rollout = (cluster: ClusterName, wave: number, percent: number): Rollout => ({
  cluster,
  wave,
  desired: { generation: generation(2), weight: share(percent) },
  applied: { generation: generation(2), at: aMoment },
});
const next = (release: Release) =>
  decide(release, anObservation(release), judgingOnce(), after(aMoment, 1));

describe('limits of a plan', () => {
  it.each<[string, Limits, number, string]>([
    [
      'of the clusters',
      { clusters: share(50) },
      6,
      'v2 would serve in 3 of 4 clusters, and 50 % of them are the limit until somebody promotes',
    ],
    [
      'of all traffic',
      { traffic: share(28) },
      3,
      'v2 would have 30 % of all traffic, and 28 % are the limit until somebody promotes',
    ],
  ])('hold the step that would go beyond a share %s', (_, limits, index, detail) => {
    const plan = planWith(limits);
    const weights = index === 6 ? [100, 100] : [100];
    expect(next(at(plan, index, weights))).toMatchObject({
      fact: { type: 'held', reason: { kind: 'limitReached', detail } },
    });
  });

  it('let everything within them happen', () => {
    const plan = planWith({ clusters: share(50), traffic: share(50) });
    expect(next(at(plan, 5, [100, 20]))).toMatchObject({ fact: { type: 'trafficShifted' } });
  });

  it('keep nobody from promoting', () => {
    const plan = planWith({ clusters: share(25) });
    const promoting = at(plan, 12, [100], { phase: 'promoting' });
    expect(next(promoting)).toMatchObject({ fact: { type: 'trafficShifted' } });
  });

  it.each<[Limits, number | undefined]>([
    [{ clusters: share(50) }, 6],
    [{ clusters: share(100) }, undefined],
    [{ traffic: share(28) }, 3],
    [{ traffic: share(4) }, 0],
    [{ clusters: share(75), traffic: share(70) }, 8],
  ])('of %j are met at step %s of the plan', (limits, step) => {
    expect(stepBeyondLimits(planWith(limits))).toBe(step);
  });
});

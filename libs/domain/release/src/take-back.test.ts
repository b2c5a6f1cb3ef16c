import { describe, expect, it } from '@jest/globals';
import { after, basisPoints, clusterName, generation, type ClusterName } from '@spillway/kernel';
import { advance } from './advance.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { obey } from './command/obey.js';
import type { Plan } from './plan.js';
import type { Release, Rollout } from './release.js';
import { aRunningRelease, anObservation, reachable } from './testing/an-observation.js';
import { aMoment, aPlan } from './testing/index.js';
import { judgingOnce } from './testing/judging-once.js';

const [eu, us, ap] = ['eu', 'us', 'ap'].map(clusterName) as [ClusterName, ClusterName, ClusterName];
const now = after(aMoment, 5_000);

/** `eu` has gone through its wave; `us` and `ap` are at 10 % in theirs. */
const plan = (overrides: Partial<Plan> = {}): Plan => {
  const { steps } = aPlan();
  return aPlan({
    waves: [[eu], [us, ap]],
    steps: [...steps, ...steps.map((step) => ({ ...step, wave: 1 }))],
    rollBack: 'wave',
    ...overrides,
  });
};
const { rollBack: _wave, ...everywhere } = plan();
const rollout = (cluster: ClusterName, wave: number, weight: number): Rollout => ({
  cluster,
  wave,
  desired: { generation: generation(2), weight: basisPoints(weight) },
  applied: { generation: generation(2), at: aMoment },
});
const inSecondWave = (overrides: Partial<Release> = {}): Release =>
  aRunningRelease({
    plan: plan(),
    cursor: { index: 5, started: true, enteredAt: aMoment },
    rollouts: [rollout(eu, 0, 10_000), rollout(us, 1, 1_000), rollout(ap, 1, 1_000)],
    ...overrides,
  });
const dead = reachable({ inForce: generation(2), candidateEndpoints: 0 });
const failingIn = (cluster: ClusterName, release: Release) =>
  decide(release, anObservation(release, { [cluster]: dead }), judgingOnce(), now);
const factOf = (decision: ReturnType<typeof decide>) =>
  decision.kind === 'do' ? decision.fact : undefined;

describe('a plan that rolls back by wave', () => {
  it('takes the wave back that fails, leaves the others, and waits before its first step', () => {
    const release = inSecondWave();
    const seen = anObservation(release, { us: dead });
    const { events, release: next } = advance(release, seen, judgingOnce(), now);
    expect(events).toMatchObject([
      {
        type: 'waveTakenBack',
        wave: 1,
        index: 4,
        because: 'v2 has no ready endpoint in us, where it gets a part of the traffic',
        traffic: {
          generation: 3,
          clusters: [
            { cluster: us, weight: 0 },
            { cluster: ap, weight: 0 },
          ],
        },
      },
    ]);
    expect(next).toMatchObject({ phase: 'paused', cursor: { index: 4, started: false } });
    expect(next.rollouts.map(({ desired }) => desired.weight)).toEqual([10_000, 0, 0]);
  });

  it('takes the wave again from its first step when somebody resumes', () => {
    const taken = advance(
      inSecondWave(),
      anObservation(inSecondWave(), { us: dead }),
      judgingOnce(),
      now,
    ).release;
    const resumed = evolve(taken, {
      type: 'resumed',
      because: 'mended',
      actor: 'ana',
      at: after(now, 1_000),
    });
    const next = decide(resumed, anObservation(resumed), judgingOnce(), after(now, 1_000));
    expect(next.kind === 'do' ? next.fact : next).toMatchObject({ type: 'trafficApplied' });
    const { events } = advance(resumed, anObservation(resumed), judgingOnce(), after(now, 2_000));
    expect(events.map(({ type }) => type)).toEqual([
      'trafficApplied',
      'trafficApplied',
      'stepStarted',
      'trafficShifted',
    ]);
  });

  it('is aborted everywhere when somebody says so', () => {
    const release = inSecondWave();
    const { release: taken } = advance(
      release,
      anObservation(release, { us: dead }),
      judgingOnce(),
      now,
    );
    expect(obey(taken, { verb: 'abort', comment: '' })).toMatchObject({
      value: { type: 'rollbackStarted', traffic: { clusters: [{ cluster: eu }, {}, {}] } },
    });
  });

  it.each<[string, Release, ClusterName]>([
    ['an earlier wave fails', inSecondWave(), eu],
    [
      'nobody else has the candidate',
      inSecondWave({
        rollouts: [rollout(eu, 0, 0), rollout(us, 1, 1_000), rollout(ap, 1, 1_000)],
      }),
      us,
    ],
    ['it is promoted already', inSecondWave({ phase: 'promoting' }), us],
    ['the plan says nothing of it', inSecondWave({ plan: everywhere }), us],
  ])('rolls back everywhere when %s', (_, release, cluster) => {
    expect(factOf(failingIn(cluster, release))).toMatchObject({ type: 'rollbackStarted' });
  });

  it('also while it is held or paused in the wave', () => {
    const paused = inSecondWave({
      phase: 'paused',
      paused: { from: 'progressing', since: aMoment },
    });
    expect(factOf(failingIn(ap, paused))).toMatchObject({ type: 'waveTakenBack', wave: 1 });
  });
});

import { describe, expect, it } from '@jest/globals';
import { judgeMetric, type Measurement, type MetricSpec } from '@spillway/domain-analysis';
import { after, basisPoints, clusterName, duration, instant } from '@spillway/kernel';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { aRunningRelease, anObservation } from './testing/an-observation.js';
import { aMetric, aMoment, aPlan, aReleaseEvent } from './testing/index.js';
import { obeyed } from './testing/obeyed.js';

const eu = clusterName('eu');
const seconds = (n: number) => duration(n * 1_000);
const metric: MetricSpec = {
  ...aMetric({ name: 'success-rate' }),
  interval: seconds(10),
  window: seconds(10),
  judge: { kind: 'errorCount', maxRatio: 1, minRequests: 1 },
};

/** A bake at 10 % that is to find twice the errors with 90 %, for an hour at most. */
const baking = () =>
  aRunningRelease(
    {
      plan: aPlan({
        waves: [[eu]],
        steps: [
          {
            kind: 'bake',
            length: seconds(3_600),
            toFind: { ratio: 2, power: 0.9 },
            wave: 0,
            metrics: [metric],
          },
        ],
      }),
      cursor: { index: 0, started: true, enteredAt: aMoment },
    },
    1_000,
  );

/** Looks of ten seconds each, half a percent of the requests failing. */
const looks = (count: number, perSecond: number): readonly Measurement[] =>
  Array.from({ length: count }, (_, ordinal) => {
    const arm = (requests: number) => ({
      value: 99.5,
      requests,
      errors: Math.round(requests * (ordinal + 1) * 0.005) - Math.round(requests * ordinal * 0.005),
    });
    return {
      metric: metric.name,
      cluster: eu,
      ordinal,
      from: after(aMoment, ordinal * 10_000),
      to: after(aMoment, (ordinal + 1) * 10_000),
      reading: { kind: 'value', candidate: arm(perSecond), stable: arm(9 * perSecond) },
    };
  });

const decideAfter = (count: number, perSecond: number) => {
  const release = baking();
  const now = after(aMoment, count * 10_000);
  return decide(release, anObservation(release, {}, looks(count, perSecond)), judgeMetric, now);
};

describe('a bake that is to find something', () => {
  it('waits while the traffic so far would not have shown it, and says what is needed', () => {
    const decision = decideAfter(20, 100);
    expect(decision.kind).toBe('wait');
    expect(decision.because).toMatch(
      /^eu had 3m20s of traffic, \d+m\d*s? are needed to find 2 times the errors with 90 %$/,
    );
  });

  it('is over long before its time when there was traffic enough', () => {
    const decision = decideAfter(200, 1_000);
    expect(decision).toMatchObject({ kind: 'do', fact: { type: 'stepCompleted' } });
    expect(decision.because).toContain('baked without a finding: eu had 33m20s of traffic');
  });

  it('holds the release when its time is over and the traffic was not enough', () => {
    expect(decideAfter(361, 1)).toMatchObject({
      kind: 'do',
      fact: { type: 'held', reason: { kind: 'inconclusive', cluster: 'eu' } },
    });
  });

  it('is taken as done by whoever resumes it then', () => {
    const held = decideAfter(361, 1);
    if (held.kind !== 'do') throw new Error('it is held');
    const release = evolve(baking(), aReleaseEvent(held.fact, { at: instant(aMoment + 1) }));
    const fact = obeyed(release, { verb: 'resume', comment: '' });
    const next = evolve(release, aReleaseEvent(fact, { at: instant(aMoment + 2) }));
    expect(next).toMatchObject({ phase: 'progressing', cursor: { index: 1, started: false } });
    expect(next.held).toBeUndefined();
  });

  it('never ends where the errors are not counted', () => {
    const release = baking();
    const now = after(aMoment, 3_600_000);
    const decision = decide(release, anObservation(release), judgeMetric, now);
    expect(decision).toMatchObject({
      fact: { type: 'held', reason: { kind: 'inconclusive' } },
    });
  });
});

it('needs less time at a higher weight', () => {
  const at = (weight: number) => {
    const release = { ...baking() };
    const rollouts = release.rollouts.map((rollout) => ({
      ...rollout,
      desired: { ...rollout.desired, weight: basisPoints(weight) },
    }));
    const now = after(aMoment, 200_000);
    const seen = anObservation({ ...release, rollouts }, {}, looks(20, 100));
    return decide({ ...release, rollouts }, seen, judgeMetric, now).because;
  };
  const needed = (because: string) => /, (\w+) are needed/.exec(because)?.[1] ?? '';
  expect(needed(at(1_000))).not.toBe('');
  expect(needed(at(1_000))).not.toBe(needed(at(5_000)));
});

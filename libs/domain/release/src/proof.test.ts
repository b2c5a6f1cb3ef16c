import { describe, expect, it } from '@jest/globals';
import { judgeMetric, type Reading } from '@spillway/domain-analysis';
import { after, duration } from '@spillway/kernel';
import { decide } from './decide.js';
import type { Release } from './release.js';
import { anObservation } from './testing/an-observation.js';
import { compared, counted, inBake, minutes } from './testing/counted.js';
import { aMoment } from './testing/index.js';

const healthy = counted([600, 3], [5_400, 27]);
const harmful = counted([600, 60], [5_400, 27]);
const hopeless = counted([600, 600], [5_400, 27]);
const sticky = { cookie: 'release', lifetime: duration(60_000) };
const testers = { name: 'testers', match: [{ method: { exact: 'GET' as const } }] };

const decideAfter = (
  release: Release,
  readings: Readonly<Record<string, readonly Reading[]>>,
  length = 5,
) => {
  const now = after(aMoment, length * 60_000);
  return decide(release, anObservation(release, {}, minutes(readings)), judgeMetric, now);
};

const routed = (release: Release): Release => ({
  ...release,
  rollouts: release.rollouts.map((rollout) => ({
    ...rollout,
    desired: { ...rollout.desired, routes: [testers] },
  })),
});

describe('where requests are not drawn by chance', () => {
  it.each<[string, Release]>([
    ['a cookie keeps users at a version', inBake(undefined, { plan: { sticky } })],
    ['a route picks the requests', routed(inBake())],
  ])('%s, only what goes beyond other users is harm', (_, release) => {
    const some = Array.from({ length: 3 }, () => counted([600, 8], [5_400, 27]));
    expect(decideAfter(release, { eu: some, us: some })).toMatchObject({ kind: 'wait' });
    expect(decideAfter(inBake(), { eu: some, us: some }).kind).toBe('do');
    expect(decideAfter(release, { eu: [harmful], us: [harmful] })).toMatchObject({
      fact: { type: 'rollbackStarted' },
      because: expect.stringContaining('20 times the rate (3 allowed)'),
    });
  });

  it('bounds roll back as ever', () => {
    const release = inBake([compared({ min: 50, failureLimit: 0 })], { plan: { sticky } });
    expect(decideAfter(release, { eu: [hopeless], us: [hopeless] })).toMatchObject({
      fact: { type: 'rollbackStarted' },
    });
  });
});

describe('the end of a bake', () => {
  const many = Array.from({ length: 11 }, () => healthy);
  const bakes = (minRequests: number) =>
    inBake([compared({ judge: { kind: 'errorCount', maxRatio: 1, minRequests } })]);

  it('waits for the requests that a metric asks for, and says so', () => {
    const decision = decideAfter(bakes(1_000_000), { eu: many, us: many }, 11);
    expect(decision).toMatchObject({ kind: 'wait' });
    expect(decision.because).toContain('errors in eu');
    expect(decideAfter(bakes(100), { eu: many, us: many }, 11)).toMatchObject({
      fact: { type: 'stepCompleted' },
    });
  });
});

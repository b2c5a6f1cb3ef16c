import { describe, expect, it } from '@jest/globals';
import { firstHarmByRelease } from './by-release.js';
import { policies } from './false-rollbacks.js';
import { coursesOf, firstHarm } from './guard.js';
import { metricNames } from './specs.js';
import { traffic, type Harm } from './traffic.js';

/** Gauges are compared twice in each. */
const steps = [0.1, 0.5].map((weight) => ({ weight, looks: 22 }));
const scene = { seed: 5, clusters: 2, steps, withLatencies: true };

function bothWays(release: number, harm: Harm, policy: (typeof policies)[number]) {
  const looks = traffic({ ...scene, release, harm });
  return {
    short: firstHarm(coursesOf(looks, steps, metricNames), policy),
    byRelease: firstHarmByRelease(looks, steps, policy),
  };
}

const eachRule = policies.filter(({ alpha }) => alpha === 0.1);

describe('the short way of the bench decides as the release does', () => {
  it.each(eachRule)('where errors and a gauge are worse: $metrics, $clusters', (policy) => {
    const { short, byRelease } = bothWays(1, { errors: 2, cpu: 3 }, policy);
    expect(byRelease).toBeDefined();
    expect(short).toEqual(byRelease);
  });

  it.each([
    { harm: {}, found: [] },
    { harm: { errors: 3 }, found: ['errors'] },
    { harm: { tail: 2 }, found: ['latency'] },
    { harm: { cpu: 6 }, found: ['cpu'] },
  ])('where this is worse: $harm', ({ harm, found }) => {
    const [policy] = eachRule;
    if (policy === undefined) throw new Error('no policy');
    const all = [1].map((release) => bothWays(release, harm, policy));
    expect(all.map(({ short }) => short)).toEqual(all.map(({ byRelease }) => byRelease));
    expect([...new Set(all.flatMap(({ short }) => short?.metric ?? []))]).toEqual(found);
  });

  it('also where harm is found in the second step only', () => {
    const [policy] = eachRule;
    if (policy === undefined) throw new Error('no policy');
    const { short, byRelease } = bothWays(3, { errors: 1.8 }, policy);
    expect(short?.look).toBeGreaterThan(22);
    expect(short).toEqual(byRelease);
  });
});

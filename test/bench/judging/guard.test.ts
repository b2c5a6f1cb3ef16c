import { describe, expect, it } from '@jest/globals';
import { firstHarmByRelease } from './by-release.js';
import { coursesOf, firstHarm } from './guard.js';
import { metricNames } from './specs.js';
import { traffic, type Harm } from './traffic.js';

/** Twelve looks, so that gauges are compared once in each step. */
const steps = [0.1, 0.5].map((weight) => ({ weight, looks: 22 }));

const cases: readonly Harm[] = [{}, { errors: 4 }, { tail: 4 }, { cpu: 4 }, { errors: 2, cpu: 2 }];

describe('the short way of the bench', () => {
  it.each(
    cases.flatMap((harm) =>
      (['weight', 'holm', 'eBH'] as const).flatMap((metrics) =>
        (['average', 'product'] as const).map((clusters) => ({ harm, metrics, clusters })),
      ),
    ),
  )('decides as the release does: $harm, $metrics, $clusters', ({ harm, metrics, clusters }) => {
    const policy = { alpha: 0.1, metrics, clusters };
    const scene = { seed: 5, clusters: 2, steps, harm, withLatencies: true };
    for (const release of [1, 2]) {
      const looks = traffic({ ...scene, release });
      const short = firstHarm(coursesOf(looks, steps, metricNames), policy);
      expect(short).toEqual(firstHarmByRelease(looks, steps, policy));
    }
  });
});

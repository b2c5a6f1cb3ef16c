import { describe, expect, it } from '@jest/globals';
import { computed, evaluatedOne, expectPublished, figureAt } from '../../testing/evaluated.js';

const shifted = (by: number): readonly number[] =>
  Array.from({ length: 1000 }, (_, i) => i + 1 + by);
const at = { s: 10, v: 100 };
const bounded = { ...at, g: 0.2, h: 0.8 };

describe('published numbers of boundaries and sequences, through the command', () => {
  it.each<[name: string, given: object, figures: Readonly<Record<string, number>>]>([
    ['bestRho', { v: 100 }, { rho: 12.60056 }],
    ['normalMixture', at, { logE: -0.6510052, bound: 30.35209 }],
    ['normalMixture', { ...at, sides: 'one' }, { logE: -0.06502391, bound: 27.66071 }],
    ['gammaExponential', { ...at, c: 2 }, { logE: -0.2490165, bound: 33.02017 }],
    ['gammaPoisson', { ...at, c: 2 }, { logE: -0.06991219, bound: 30.1949 }],
    ['betaBinomial', bounded, { logE: -0.6941012, bound: 31.4308 }],
    ['betaBinomial', { ...bounded, sides: 'one' }, { logE: -0.07134019, bound: 28.41238 }],
    ['polyStitching', { v: 100, vMin: 10, c: 3 }, { bound: 64.48755 }],
    ['doubleStitching', { t: 1000, p: 0.5 }, { bound: 68.62803 }],
    ['doubleStitching', { t: 1000, p: 0.9 }, { bound: 43.72119 }],
    ['doubleStitching', { t: 1000, p: 0.1 }, { bound: 59.96521 }],
    ['asymptotic', { t: 1000 }, { rho: 0.0890850975, halfWidth: 0.0959817358 }],
    ['asymptotic', { t: 200 }, { halfWidth: 0.2378627822 }],
    ['zRadius', { g: 1, n: 100 }, { radius: 3.273018624 }],
    ['zRadius', { g: 100, n: 100 }, { radius: 3.656394871 }],
    ['zRadius', { g: 1, n: 10_000 }, { radius: 3.899156974 }],
    ['tRadius', { g: 1, n: 100, coefficients: 2 }, { radius: 3.34753974 }],
    [
      'msprt',
      { difference: 0.5, variance: 0.02, tauSquared: 0.01 },
      { logLambda: 1.880601, pValue: 0.152498 },
    ],
    [
      'msprt',
      { difference: 0.2, variance: 0.02, tauSquared: 0.01 },
      { logLambda: 0.130601, pValue: 0.877568 },
    ],
    [
      'msprt',
      { difference: 1, variance: 0.25, tauSquared: 1 },
      { logLambda: 0.795281, pValue: 0.451454 },
    ],
    [
      'msprt',
      { difference: 3, variance: 1, tauSquared: 1 },
      { logLambda: 1.903426, pValue: 0.149057 },
    ],
    ['quantileAb', { candidate: shifted(0), stable: shifted(70), p: 0.5 }, { pValue: 0.814704 }],
    ['quantileAb', { candidate: shifted(0), stable: shifted(85), p: 0.5 }, { pValue: 0.0838055 }],
    ['quantileAb', { candidate: shifted(100), stable: shifted(0), p: 0.5 }, { pValue: 0.0054947 }],
    ['quantileAb', { candidate: shifted(55), stable: shifted(0), p: 0.9 }, { pValue: 0.0340463 }],
    ['normalQuantile', { p: 0.01 }, { value: -2.326348 }],
  ])('%s of %j', async (name, given, figures) => {
    const result = await computed(name, given);
    for (const [figure, published] of Object.entries(figures)) {
      expectPublished(figureAt(result, figure), published);
    }
  });

  it('the bound of an empirical process, to 1e-6', async () => {
    const result = await computed('empiricalProcess', { t: 1000, tMin: 100 });
    expect(figureAt(result, 'bound')).toBeCloseTo(0.08204769, 6);
  });

  it('a confidence sequence for a probability, to 1e-6', async () => {
    const result = await computed('bernoulliInterval', { successes: 700, trials: 1000 });
    expect(Math.abs(Number(figureAt(result, 'lower')) - 0.651629)).toBeLessThan(1e-6);
    expect(Math.abs(Number(figureAt(result, 'upper')) - 0.745949)).toBeLessThan(1e-6);
  });

  it('a bound that is not there yet is infinite, in a word', async () => {
    expect(await computed('empiricalProcess', { t: 99, tMin: 100 })).toEqual({ bound: 'Infinity' });
  });

  it('takes arguments in settings and in measurements', async () => {
    const { evidence } = await evaluatedOne({
      judge: 'boundary',
      settings: { function: 'zRadius', g: 1 },
      measurements: { n: 100 },
    });
    expectPublished(figureAt(evidence, 'result.radius'), 3.273018624);
    expect(evidence['arguments']).toEqual({ g: 1, n: 100, alpha: 0.05 });
  });
});

describe('the judge of means by mSPRT', () => {
  const arm = { n: 100, variance: 1 };
  const difference = (by: number) => ({
    candidate: { ...arm, mean: 10 + by },
    stable: { ...arm, mean: 10 },
  });

  it('gives the published Λ and p, its variance from both arms', async () => {
    const { evidence } = await evaluatedOne({
      judge: 'msprt',
      settings: { tauSquared: 0.01 },
      measurements: difference(0.5),
    });
    expect(evidence).toMatchObject({ variance: 0.02, tauSquared: 0.01, difference: 0.5 });
    expectPublished(evidence['logLambda'], 1.880601);
    expectPublished(evidence['pValue'], 0.152498);
  });

  it('keeps the least p of all looks', async () => {
    const { evidence } = await evaluatedOne({
      judge: 'msprt',
      settings: { tauSquared: 0.01 },
      measurements: { looks: [difference(0.5), difference(0.2)], cumulative: true },
    });
    expectPublished(evidence['pValue'], 0.152498);
    expectPublished(evidence['logLambda'], 0.130601);
  });
});

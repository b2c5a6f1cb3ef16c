import { describe, expect, it } from '@jest/globals';
import { autoregressive, seeded } from '../testing/seeded.js';
import { autocorrelationOf } from './autocorrelation.js';
import { defaultMannWhitneySettings, judgeMannWhitney, type MannWhitneySettings } from './index.js';

const random = seeded(20_250_101);
const draws = 200;

/** Share of draws of two versions with the same series that are called harm. */
function shareOfFailures(
  { n, rho, shift = 0 }: { readonly n: number; readonly rho: number; readonly shift?: number },
  independence: MannWhitneySettings['independence'],
): number {
  const settings = { ...defaultMannWhitneySettings, independence, minCles: 0.5 };
  const failures = Array.from({ length: draws }, () => {
    const candidate = autoregressive(n, rho, random).map((value) => value + shift);
    return judgeMannWhitney({ candidate, stable: autoregressive(n, rho, random) }, settings).kind;
  }).filter((kind) => kind === 'fail');
  return failures.length / draws;
}

describe('the autocorrelation time', () => {
  it('is that of an AR(1) series: (1 + ρ) / (1 − ρ), a little less on ranks', () => {
    const [a, b] = [autoregressive(5_000, 0.8, random), autoregressive(5_000, 0.8, random)];
    const { time, firstLag, candidateEffective } = autocorrelationOf(a, b);
    expect(time).toBeGreaterThan(7);
    expect(time).toBeLessThan(11);
    expect(firstLag).toBeCloseTo(0.79, 1);
    expect(candidateEffective).toBeCloseTo(5_000 / time, 9);
  });

  it('is about 1 where points are independent, and 1 where an arm never changes', () => {
    const [a, b] = [autoregressive(5_000, 0, random), autoregressive(5_000, 0, random)];
    expect(autocorrelationOf(a, b).time).toBeLessThan(1.2);
    expect(autocorrelationOf([7, 7, 7, 7], [8, 8, 8, 8]).time).toBe(1);
  });

  it('sees a slow drift under noise, where neighbours are hardly alike', () => {
    const drifting = autoregressive(2_000, 0.98, random).map((value) => value + random.normal());
    const { timeOfFirstLag, time } = autocorrelationOf(drifting, drifting.toReversed());
    expect(time).toBeGreaterThan(4 * timeOfFirstLag);
  });
});

describe('with α = 0.01 in each direction', () => {
  it('independent points are called harm in no more than 2 % of draws, as they are or thinned', () => {
    expect(shareOfFailures({ n: 60, rho: 0 }, 'asIs')).toBeLessThan(0.035);
    expect(shareOfFailures({ n: 60, rho: 0 }, 'thin')).toBeLessThan(0.035);
  });

  it.each([40, 120])('%i correlated points (ρ = 0.8) are, unless thinned', (n) => {
    expect(shareOfFailures({ n, rho: 0.8 }, 'asIs')).toBeGreaterThan(0.3);
    expect(shareOfFailures({ n, rho: 0.8 }, 'thin')).toBeLessThan(0.045);
  });

  it('harm is still found in thinned points', () => {
    expect(shareOfFailures({ n: 360, rho: 0.8, shift: 1.5 }, 'thin')).toBeGreaterThan(0.95);
  });
});

it('asks for independent points, not for points', () => {
  const series = autoregressive(40, 0.95, random);
  const { kind, because, evidence } = judgeMannWhitney(
    { candidate: series, stable: series.map((value) => value - 9) },
    { ...defaultMannWhitneySettings, independence: 'thin' },
  );
  expect(kind).toBe('inconclusive');
  expect(because).toMatch(/points follow each other so closely that those of a version are worth/);
  expect(evidence.autocorrelation?.candidateEffective).toBeLessThan(8);
  expect(evidence.pMethod).toBe('autocorrelated');
});

import { describe, expect, it } from '@jest/globals';
import { defaultMeanSettings, judgeMeans } from './judge-means.js';
import { defaultMsprtSettings, judgeMsprt } from './judge-msprt.js';
import type { MeanMeasurements } from './moments.js';

const one = (
  candidate: { n: number; mean: number; variance: number },
  stable: { n: number; mean: number; variance: number },
): MeanMeasurements => ({ looks: [{ candidate, stable }] });

const slower = one({ n: 400, mean: 106, variance: 400 }, { n: 3600, mean: 100, variance: 400 });

/** mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Skewed values, twice as many of the stable version. */
function equalLooks(random: () => number, looks: number): MeanMeasurements {
  const values = (n: number): number[] => Array.from({ length: n }, () => -Math.log(random()));
  return {
    looks: Array.from({ length: looks }, () => ({ candidate: values(10), stable: values(20) })),
  };
}

const failuresOf500 = (judge: (measurements: MeanMeasurements) => string): number => {
  const random = seeded(7);
  let failed = 0;
  for (let i = 0; i < 500; i += 1) {
    if (judge(equalLooks(random, 20)) === 'fail') failed += 1;
  }
  return failed;
};

describe.each([
  ['mSPRT', judgeMsprt, defaultMsprtSettings] as const,
  ['normal mixture', judgeMeans, defaultMeanSettings] as const,
])('the %s judge of means', (_, judge, defaults) => {
  const verdict = (measurements: MeanMeasurements, settings = {}): string =>
    (judge as typeof judgeMeans)(measurements, { ...defaultMeanSettings, ...defaults, ...settings })
      .kind;

  it('fails a change in the harmful direction only', () => {
    expect(verdict(slower)).toBe('fail');
    expect(verdict(slower, { direction: 'decrease' })).toBe('pass');
    expect(verdict(slower, { direction: 'either' })).toBe('fail');
    const lower = one({ n: 400, mean: 94, variance: 400 }, { n: 3600, mean: 100, variance: 400 });
    expect(verdict(lower)).toBe('pass');
    expect(verdict(lower, { direction: 'decrease' })).toBe('fail');
  });

  it('decides nothing on fewer values than asked for', () => {
    expect(verdict(slower, { minSamples: 401 })).toBe('inconclusive');
  });

  it('needs values of both, and values that differ', () => {
    expect(verdict({ looks: [] })).toBe('noData');
    expect(verdict({ looks: [{ candidate: [], stable: [1, 2] }] })).toBe('noData');
    expect(verdict({ looks: [{ candidate: [5], stable: [1, 2] }] }, { minSamples: 1 })).toBe(
      'inconclusive',
    );
    const constant = { looks: [{ candidate: [10, 10, 10], stable: [1, 1, 1] }] };
    expect(verdict(constant, { minSamples: 1 })).toBe('inconclusive');
  });

  it('does not take back a verdict', () => {
    const { looks } = slower;
    const equal = { n: 40_000, mean: 100, variance: 400 };
    const later = [...looks, { candidate: equal, stable: equal }];
    expect(verdict({ looks: later })).toBe('fail');
    expect(verdict({ looks: later, cumulative: true })).toBe('fail');
  });

  it.each([1e-9, 1e9])('says the same in other units (times %d)', (scale) => {
    const values = (shift: number): number[] =>
      Array.from({ length: 60 }, (__, i) => ((i * 37) % 60) + shift);
    const looks = (by: number): MeanMeasurements => ({
      looks: [{ candidate: values(19).map((v) => v * by), stable: values(0).map((v) => v * by) }],
    });
    const all = { ...defaultMeanSettings, ...defaults };
    const there = (judge as typeof judgeMeans)(looks(scale), all);
    const here = (judge as typeof judgeMeans)(looks(1), all);
    expect(here.kind).toBe('fail');
    expect(there.kind).toBe('fail');
    expect(there.evidence.maxLogE).toBeCloseTo(here.evidence.maxLogE, 9);
  });

  it('fails an equal version no oftener than α', () => {
    expect(failuresOf500((looks) => verdict(looks, { alpha: 0.05 }))).toBeLessThanOrEqual(25);
    expect(
      failuresOf500((looks) => verdict(looks, { alpha: 0.05, direction: 'either' })),
    ).toBeLessThanOrEqual(25);
  });

  it('is plain JSON', () => {
    const judgement = judge(slower, { ...defaultMeanSettings, ...defaultMsprtSettings });
    expect(JSON.parse(JSON.stringify(judgement))).toEqual(judgement);
  });
});

describe('the mSPRT judge', () => {
  it('shows ln Λ, p and the interval of a difference of .5 with V = .02 and τ² = .01', () => {
    const { evidence, because } = judgeMsprt(
      one({ n: 100, mean: 1.5, variance: 1 }, { n: 100, mean: 1, variance: 1 }),
      { ...defaultMsprtSettings, tauSquared: 0.01 },
    );
    expect(evidence.variance).toBeCloseTo(0.02, 12);
    expect(Math.abs((evidence.logLambda ?? 0) - 1.880601)).toBeLessThan(1e-6);
    expect(Math.abs(evidence.pValue - 0.152498)).toBeLessThan(1e-6);
    expect(because).toMatch(
      /^candidate mean 1.5 of 100, stable mean 1 of 100: difference between -0.\d+ and 1.\d+, e = 6.5, stop at 100: no/,
    );
  });

  it('keeps the least p-value', () => {
    const equal = { n: 4000, mean: 100, variance: 400 };
    const { evidence } = judgeMsprt(
      { looks: [...slower.looks, { candidate: equal, stable: equal }], cumulative: true },
      defaultMsprtSettings,
    );
    expect(evidence.looks.map(({ pValue }) => pValue)).toEqual([evidence.pValue, evidence.pValue]);
    expect(evidence.logLambda).toBeLessThan(0);
  });

  it('rejects just where its interval leaves out zero', () => {
    for (let mean = 100; mean < 106; mean += 0.05) {
      const { evidence } = judgeMsprt(
        one({ n: 400, mean, variance: 400 }, { n: 3600, mean: 100, variance: 400 }),
        defaultMsprtSettings,
      );
      const leavesOut = (evidence.lower ?? 0) > 0;
      expect((evidence.logLambda ?? 0) >= Math.log(100)).toBe(leavesOut);
    }
  });

  it('adds up what came at each look', () => {
    const values = Array.from({ length: 40 }, (_, i) => 1e6 + ((i * 17) % 40));
    const parts = [values.slice(0, 7), values.slice(7, 8), values.slice(8)];
    const { evidence } = judgeMsprt(
      { looks: parts.map((part) => ({ candidate: part, stable: part })) },
      defaultMsprtSettings,
    );
    expect(evidence.candidate.n).toBe(40);
    expect(evidence.candidate.mean).toBeCloseTo(1e6 + 19.5, 6);
    expect(evidence.candidate.variance).toBeCloseTo((40 * 41) / 12, 6);
  });
});

describe('the normal-mixture judge', () => {
  it('has the interval of the asymptotic confidence sequence', () => {
    const arm = { n: 2000, mean: 0, variance: 1 };
    const settings = { ...defaultMeanSettings, alpha: 0.05, tOpt: 1000 };
    const { evidence } = judgeMeans(one(arm, arm), settings);
    expect(evidence.effectiveSampleSize).toBe(1000);
    expect(Math.abs((evidence.halfWidth ?? 0) - 0.0959817358)).toBeLessThan(1e-9);
    expect(evidence.method).toBe('asymptotic');
    const known = judgeMeans(one(arm, arm), { ...settings, sigma: 2 }).evidence;
    expect(known.halfWidth).toBeCloseTo(2 * 0.0959817358, 9);
    expect(known.method).toBe('normalMixture');
  });

  it('with a known spread says something of single values', () => {
    const settings = { ...defaultMeanSettings, sigma: 1, minSamples: 1, tOpt: 1 };
    expect(judgeMeans({ looks: [{ candidate: [9], stable: [0] }] }, settings).kind).toBe('fail');
    expect(judgeMeans({ looks: [{ candidate: [1], stable: [0] }] }, settings).kind).toBe('pass');
  });

  it('tolerates a change up to the margin', () => {
    const verdict = (margin: number) => judgeMeans(slower, { ...defaultMeanSettings, margin });
    expect(verdict(1).kind).toBe('fail');
    expect(verdict(5).kind).toBe('pass');
    expect(verdict(5).evidence.logE).toBeLessThan(Math.log(100));
  });

  it('stays a number where the candidate is far better', () => {
    const { evidence } = judgeMeans(
      one({ n: 1e6, mean: -50, variance: 1 }, { n: 1e6, mean: 50, variance: 1 }),
      defaultMeanSettings,
    );
    expect(evidence.logE).toBeLessThan(-10);
    expect(evidence.logE).toBeGreaterThan(-30);
  });
});

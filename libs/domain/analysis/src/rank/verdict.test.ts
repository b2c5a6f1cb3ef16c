import { describe, expect, it } from '@jest/globals';
import { defaultMannWhitneySettings, judgeMannWhitney, type MannWhitneySettings } from './index.js';

const judge = (
  candidate: readonly (number | null)[],
  stable: readonly (number | null)[],
  settings: Partial<MannWhitneySettings> = {},
) => judgeMannWhitney({ candidate, stable }, { ...defaultMannWhitneySettings, ...settings });
const times = (n: number, value: number): number[] => Array.from({ length: n }, () => value);
const from = (first: number, n: number): number[] => Array.from({ length: n }, (_, i) => first + i);

describe('cases that Kayenta misses', () => {
  it('fails where seven of ten points are a hundred times as high (spinnaker#6278)', () => {
    const { kind, because, evidence } = judge([...times(7, 100), ...times(3, 1)], times(10, 1));
    expect(kind).toBe('fail');
    expect(evidence.pGreater).toBeCloseTo(8.08e-4, 6);
    expect(because).toBe(
      'candidate median 100 of 10 points, stable 1 of 10: higher in 85 % of pairs, p = 0.00081, stop at 0.01: evidence of harm',
    );
  });

  it('fails where errors appear in half of the points, and stable has none (spinnaker#5622)', () => {
    const errors = [0, 0.048, 0, 0.18, 0.089, 0, 0.098, 0.035, 0, 0];
    const { kind, evidence } = judge(errors, times(10, 0));
    expect(kind).toBe('fail');
    expect(evidence.pGreater).toBeCloseTo(7.47e-3, 5);
    expect(evidence.interval?.low).toBe(0);
  });

  it('does not pass six points with some errors (kayenta#426)', () => {
    const { kind, because, evidence } = judge([0, 1, 2, 1, 0, 0], times(6, 0));
    expect(kind).toBe('inconclusive');
    expect(evidence.pGreater).toBeCloseTo(0.0366, 4);
    expect(because).toMatch(/p = 0.037, stop at 0.01: 8 points of each version are needed$/);
  });

  it('says of few points that they are few, however far apart (kayenta#633)', () => {
    expect(judge(times(5, 7.5), times(5, 1)).kind).toBe('inconclusive');
  });

  it('does the same for two constants in each run', () => {
    const judged = judge(times(10, 10), times(10, 1));
    expect(judged.kind).toBe('fail');
    expect(judge(times(10, 10), times(10, 1))).toEqual(judged);
  });

  it('lets what missing values mean be said (kayenta#799)', () => {
    const nulls = Array.from({ length: 50 }, () => null);
    const sparse = [
      [...times(8, 5), ...nulls],
      [...times(8, 1), ...nulls],
    ] as const;
    const strategies = ['remove', 'zero', 'inconclusive'] as const;
    expect(strategies.map((nanStrategy) => judge(...sparse, { nanStrategy }).kind)).toEqual([
      'fail',
      'pass',
      'inconclusive',
    ]);
    expect(judge(...sparse).evidence.candidate).toMatchObject({ n: 8, missing: 50 });
  });
});

describe('direction', () => {
  const [high, low] = [from(9, 20), from(1, 20)];

  it.each([
    ['increase', 'fail', 'pass'],
    ['decrease', 'pass', 'fail'],
    ['either', 'fail', 'fail'],
  ] as const)('%s: a rise says %s, a fall %s', (direction, rise, fall) => {
    expect(judge(high, low, { direction }).kind).toBe(rise);
    expect(judge(low, high, { direction }).kind).toBe(fall);
  });
});

describe('effect floors', () => {
  const [high, low] = [from(1_010, 2_000), from(1_000, 2_000).map((value) => value - 40)];

  it('leave a difference alone that many points make certain and few pairs show', () => {
    const { kind, because } = judge(high, low);
    expect(kind).toBe('pass');
    expect(because).toMatch(/a difference, but smaller than what is called harm$/);
    expect(judge(high, low, { minCles: 0.5 }).kind).toBe('fail');
  });

  it('ask for a ratio of means', () => {
    expect(judge(from(9, 20), from(1, 20), { minRatio: 1.8 }).kind).toBe('pass');
    expect(judge(from(9, 20), from(1, 20), { minRatio: 1.7 }).kind).toBe('fail');
    expect(judge(from(1, 20), from(9, 20), { minRatio: 1.8 }).kind).toBe('pass');
  });

  it('ask for no ratio where the better mean is 0', () => {
    expect(judge(times(10, 1), times(10, 0), { minRatio: 1_000 }).kind).toBe('fail');
  });

  it('ask for a shift', () => {
    expect(judge(from(9, 20), from(1, 20), { minShift: 8 }).kind).toBe('fail');
    expect(judge(from(9, 20), from(1, 20), { minShift: 8.1 }).kind).toBe('pass');
  });
});

describe('too little to judge', () => {
  it.each([
    [[], from(1, 20)],
    [from(1, 20), []],
    [[null, null], from(1, 20)],
    [[NaN, Infinity], from(1, 20)],
  ])('has no data where a version has no numbers', (candidate, stable) => {
    const { kind, evidence } = judge(candidate, stable);
    expect(kind).toBe('noData');
    expect(evidence.pTwoSided).toBeUndefined();
  });

  it('compares one point with one point, and concludes nothing', () => {
    const { kind, evidence } = judge([2], [1]);
    expect(kind).toBe('inconclusive');
    expect(evidence.interval).toMatchObject({ low: 1, high: 1, k: 1, confidence: 0 });
  });

  it('passes versions that have all the same value, by a p of 1', () => {
    const { kind, evidence } = judge(times(60, 0), times(60, 0));
    expect(kind).toBe('pass');
    expect(evidence).toMatchObject({ pTwoSided: 1, z: 0, cles: 0.5, hodgesLehmann: 0 });
  });
});

it('judges 5,000 by 5,000 points in less than 100 ms', () => {
  const candidate = from(0, 5_000).map((i) => Math.sin(i * i) + 3);
  const stable = from(0, 5_000).map((i) => Math.cos(i * i) + 3);
  const spent = from(0, 5).map(() => {
    const before = process.cpuUsage();
    judge(candidate, stable);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  expect(Math.min(...spent)).toBeLessThan(100);
});

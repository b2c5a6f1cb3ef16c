import { describe, expect, it } from '@jest/globals';
import { defaultKayentaSettings, judgeKayenta, type KayentaSettings } from './index.js';

const judge = (
  candidate: readonly (number | null)[],
  stable: readonly (number | null)[],
  settings: Partial<KayentaSettings> = {},
) => judgeKayenta({ candidate, stable }, { ...defaultKayentaSettings, ...settings });
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);
const from = (first: number, n: number): number[] => Array.from({ length: n }, (_, i) => first + i);

describe('what a class means', () => {
  it.each([
    ['Pass', 'pass', from(1, 20), from(1, 20), {}],
    ['High', 'fail', from(9, 20), from(1, 20), {}],
    ['Low', 'fail', from(1, 20), from(9, 20), {}],
    ['Nodata', 'noData', [], from(1, 20), {}],
    ['Nodata', 'noData', [], from(1, 20), { mustHaveData: true, critical: true }],
    ['NodataFailMetric', 'fail', [], from(1, 20), { mustHaveData: true }],
    ['Pass', 'pass', [], from(1, 20), { nanStrategy: 'replace' }],
    ['Error', 'inconclusive', [10], [1], { critical: true }],
    ['Error', 'inconclusive', [1, Infinity], [1, 2], {}],
  ] as const)('%s: %s', (name, kind, candidate, stable, settings) => {
    const judged = judge(candidate, stable, settings);
    expect([judged.evidence.class, judged.kind]).toEqual([name, kind]);
  });

  it('says why no test was made', () => {
    expect(judge([], from(1, 20), { nanStrategy: 'replace' }).because).toBe(
      'candidate has 0 points, stable 20: no samples, and none means 0: Pass',
    );
  });

  it('says what was compared', () => {
    expect(judge(from(9, 20), from(1, 20), { critical: true }).because).toBe(
      'candidate median 18.5 of 20 points, stable 10.5 of 20: shifted by 8 (3 to 13), 2 either way is tolerated: High (critical)',
    );
  });
});

describe('what is done to samples before', () => {
  const sparse = [...times(8, 5), ...times(50, null)];

  it('removes what is not a number, or takes it for 0', () => {
    const removed = judge(sparse, times(20, 1)).evidence;
    expect(removed).toMatchObject({ class: 'High', candidate: { n: 8, missing: 50 } });
    const replaced = judge(sparse, times(58, 0), { nanStrategy: 'replace' }).evidence;
    expect(replaced).toMatchObject({ class: 'Pass', candidate: { n: 58, missing: 50 } });
  });

  it('removes outliers where asked, and shows them', () => {
    const withSpike = [...times(150, 10), ...times(149, 11), 1_000];
    const kept = judge(withSpike, from(1, 20)).evidence.candidate;
    expect(kept).toMatchObject({ n: 300, max: 1_000, outliers: [] });
    const removed = judge(withSpike, from(1, 20), { outliers: { strategy: 'remove' } });
    expect(removed.evidence.candidate).toMatchObject({ n: 299, max: 11, outliers: [1_000] });
  });
});

describe('two constants', () => {
  it('are compared with noise that is the same in each run', () => {
    const judged = judge(times(5, 10), times(5, 1));
    expect(judged.evidence).toMatchObject({ class: 'High', noise: true });
    expect(judged.evidence.L).toBeCloseTo(9, 3);
    expect(judge(times(5, 10), times(5, 1))).toEqual(judged);
  });

  it('are left alone where they are the same', () => {
    expect(judge(times(5, 10), times(7, 10)).evidence).toMatchObject({
      class: 'Pass',
      deviation: 1,
    });
  });
});

describe('what Kayenta misses, and this mode with it', () => {
  it('seven of ten points a hundred times as high (spinnaker#6278)', () => {
    const { evidence } = judge([...times(7, 100), ...times(3, 1)], times(10, 1));
    expect(evidence.class).toBe('Pass');
    expect(evidence.L).toBeCloseTo(6.825e-5, 8);
    expect(evidence.HL).toBeCloseTo(98.99993, 5);
    expect(judge([...times(8, 100), ...times(2, 1)], times(10, 1)).evidence.class).toBe('High');
  });

  it('errors where stable has none (kayenta#426, spinnaker#5622)', () => {
    const errors = [0, 0.048, 0, 0.18, 0.089, 0, 0.098, 0.035, 0, 0];
    expect(judge([0, 1, 2, 1, 0, 0], times(6, 0)).evidence.class).toBe('Pass');
    expect(judge(errors, times(10, 0)).evidence.class).toBe('Pass');
  });

  it('harm in a metric whose unit makes it small', () => {
    const classes = [1, 1e-5, 1e-6].map(
      (unit) =>
        judge(
          from(9, 20).map((value) => value * unit),
          from(1, 20).map((value) => value * unit),
        ).evidence.class,
    );
    expect(classes).toEqual(['High', 'High', 'Pass']);
  });
});

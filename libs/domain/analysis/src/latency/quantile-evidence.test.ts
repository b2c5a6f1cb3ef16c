import { describe, expect, it } from '@jest/globals';
import { quantileAbPValue } from '../sequence/index.js';
import { histogramQuantile } from './histogram-quantile.js';
import { defaultLatencySettings, type LatencyMeasurements } from './measurements.js';
import { quantileEvidence } from './quantile-evidence.js';

describe('a quantile of buckets', () => {
  it.each([
    ['lies in the middle of the bucket that holds half', 0.5, [1, 2], [0, 10, 0], 1.5],
    ['begins at 0 in the first bucket', 0.5, [10], [10, 0], 5],
    ['is the last bound beyond it', 0.99, [1, 2], [5, 5, 10], 2],
    ['skips buckets without requests', 0.6, [1, 2, 4], [5, 0, 5, 0], 2.4],
    ['does not stop in an empty bucket on its rank', 0.5, [1, 2, 4], [0, 0, 10, 0], 3],
  ])('%s', (_, quantile, bounds, counts, expected) => {
    expect(histogramQuantile(quantile, bounds, counts)).toBeCloseTo(expected, 12);
  });

  it('is unknown without requests', () => {
    expect(histogramQuantile(0.5, [1, 2], [0, 0, 0])).toBeUndefined();
  });
});

const settings = { ...defaultLatencySettings, quantile: 0.5, alpha: 0.05, tOpt: 100 };
const bounds = Array.from({ length: 1100 }, (_, i) => i + 1);
const shiftedBy = (shift: number): readonly number[] =>
  [...bounds, Infinity].map((bound) => (bound > shift && bound <= 1000 + shift ? 1 : 0));

const measured = (candidate: readonly number[]): LatencyMeasurements => ({
  upperBounds: bounds,
  looks: [{ candidate, stable: shiftedBy(0) }],
});

describe('the quantile of two versions', () => {
  it.each([70, 85, 100])(
    'with a bucket for each value, has the p-value of the values (%d)',
    (shift) => {
      const values = bounds.slice(0, 1000);
      const published = quantileAbPValue(
        values.map((value) => value + shift),
        values,
        { p: 0.5, tOpt: 100, alphaOpt: 0.05 },
      );
      const { pValue } = quantileEvidence(measured(shiftedBy(shift)), settings);
      expect(Math.abs(pValue - published)).toBeLessThan(1e-9);
    },
  );

  it('has estimates within their intervals', () => {
    const { candidate, stable, ratio } = quantileEvidence(measured(shiftedBy(100)), settings);
    expect(stable.estimate).toBeCloseTo(500, 9);
    expect(candidate.estimate).toBeCloseTo(600, 9);
    expect(ratio).toBeCloseTo(1.2, 9);
    for (const arm of [candidate, stable]) {
      expect(arm.lower).toBeLessThan(arm.estimate ?? 0);
      expect(arm.upper).toBeGreaterThan(arm.estimate ?? 0);
      expect((arm.upper ?? 0) - (arm.lower ?? 0)).toBeLessThan(120);
    }
  });

  it('has no upper limit while too few requests say so', () => {
    const few = { upperBounds: [10, 20], looks: [{ candidate: [3, 1, 0], stable: [4, 0, 0] }] };
    const { candidate, pValue } = quantileEvidence(few, { ...settings, quantile: 0.99 });
    expect(candidate).toEqual({ requests: 4, estimate: expect.any(Number), lower: 0 });
    expect(pValue).toBe(1);
  });
});

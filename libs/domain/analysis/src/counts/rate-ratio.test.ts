import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CountSegment } from './evidence.js';
import { countLogE, type Sides } from './log-e.js';
import { rateRatio } from './rate-ratio.js';

const segment = (x: number, y: number, exposure: number): CountSegment => ({
  candidate: { requests: 1_000, errors: x },
  stable: { requests: 1_000, errors: y },
  exposure,
  x,
  n: x + y,
  logE: 0,
});

const settings = { alpha: 0.05, prior: { a: 1, b: 1 } };

const swap = ({ x, n, exposure = 0 }: CountSegment): CountSegment =>
  segment(n - x, x, 1 - exposure);

/** ln E of the hypothesis that the ratio is r. */
const logEOf = (segments: readonly CountSegment[], r: number, sides: Sides): number =>
  segments.reduce((sum, { x, n, exposure: w = 0 }) => {
    const p0 = (w * r) / (w * r + 1 - w);
    return sum + countLogE({ x, n, p0, prior: settings.prior, sides });
  }, 0);

const exposure = fc.double({ min: 0.02, max: 0.98, noNaN: true });
const some = fc
  .tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), exposure)
  .map(([x, y, w]) => segment(x, y, w));
const several = fc.array(some, { minLength: 1, maxLength: 4 });

describe('the ratio of error rates', () => {
  it('is at its limits just where the test would reject', () => {
    fc.assert(
      fc.property(several, (segments) => {
        const found = rateRatio(segments, settings);
        const limit = Math.log(20);
        expect(logEOf(segments, found.lowerOneSided ?? 0, 'one')).toBeCloseTo(limit, 6);
        const mirrored = segments.map(swap);
        expect(logEOf(mirrored, 1 / (found.upperOneSided ?? 0), 'one')).toBeCloseTo(limit, 6);
        if (found.isEmpty) return;
        expect(logEOf(segments, found.lower ?? 0, 'two')).toBeCloseTo(limit, 6);
        expect(logEOf(segments, found.upper ?? 0, 'two')).toBeCloseTo(limit, 6);
      }),
    );
  });

  it('has limits that part what is rejected from what is not, without islands', () => {
    const grid = Array.from({ length: 121 }, (_, i) => Math.exp((i - 60) / 6));
    fc.assert(
      fc.property(several, (segments) => {
        const { lower, upper, lowerOneSided = 0 } = rateRatio(segments, settings);
        for (const r of grid) {
          const [one, two] = [logEOf(segments, r, 'one'), logEOf(segments, r, 'two')];
          expect(one >= Math.log(20)).toBe(r < lowerOneSided);
          const isInside = lower !== undefined && upper !== undefined && r > lower && r < upper;
          expect(two < Math.log(20)).toBe(isInside);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('turns over when the versions are exchanged', () => {
    fc.assert(
      fc.property(several, (segments) => {
        const [one, other] = [
          rateRatio(segments, settings),
          rateRatio(segments.map(swap), settings),
        ];
        const pairs = [
          [one.estimate, other.estimate],
          [one.lower, other.upper],
          [one.lowerOneSided, other.upperOneSided],
        ] as const;
        expect(one.isEmpty).toBe(other.isEmpty);
        for (const [mine, theirs] of pairs) expect((mine ?? 1) * (theirs ?? 1)).toBeCloseTo(1, 8);
      }),
    );
  });

  it('is that of the rates where there is one segment', () => {
    const { estimate } = rateRatio([segment(30, 70, 0.1)], settings);
    expect(estimate).toBeCloseTo((30 * 0.9) / (70 * 0.1), 10);
  });

  it('has the limits that were computed with forty digits', () => {
    const found = rateRatio([segment(41, 38, 2_010 / 20_214)], { ...settings, alpha: 0.001 });
    expect(found.lower).toBeCloseTo(3.738261188546665, 9);
    expect(found.upper).toBeCloseTo(25.84231190356415, 8);
  });

  it('is 0, with no lower limit above it, for a candidate without errors', () => {
    const { estimate, lower, lowerOneSided, upper } = rateRatio([segment(0, 50, 0.5)], settings);
    expect([estimate, lower, lowerOneSided]).toEqual([0, 0, 0]);
    expect(upper).toBeLessThan(1);
  });

  it('has no upper limit where only the candidate fails', () => {
    const found = rateRatio([segment(50, 0, 0.5)], settings);
    expect(found.lower).toBeGreaterThan(1);
    expect(found).not.toHaveProperty('estimate');
    expect(found).not.toHaveProperty('upper');
    expect(found).not.toHaveProperty('upperOneSided');
  });

  it('is empty where no one ratio fits all segments', () => {
    const found = rateRatio([segment(500, 10, 0.5), segment(10, 500, 0.5)], settings);
    expect(found.isEmpty).toBe(true);
    expect(found).not.toHaveProperty('lower');
  });
});

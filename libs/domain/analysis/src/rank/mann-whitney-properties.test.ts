import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  defaultMannWhitneySettings,
  judgeMannWhitney,
  type GaugeSamples,
  type MannWhitneySettings,
} from './index.js';

const size = { minLength: 1, maxLength: 60 };
const values = fc.oneof(
  fc.array(fc.double({ min: -100, max: 100, noNaN: true }), size),
  fc.array(fc.integer({ min: 0, max: 3 }), size),
  // Zero-inflated, with decimals that are no binary fractions.
  fc.array(fc.constantFrom(0, 0, 0, 0.1, 0.2, 0.3, 0.7), size),
);
const samples: fc.Arbitrary<GaugeSamples> = fc.record({ candidate: values, stable: values });
const settings: fc.Arbitrary<MannWhitneySettings> = fc.record({
  confidence: fc.constantFrom(0.8, 0.95, 0.98),
  direction: fc.constantFrom('increase', 'decrease', 'either'),
  minCles: fc.constantFrom(0.5, 0.55, 0.7),
  minRatio: fc.constantFrom(1, 1.5, 2),
  minShift: fc.constant(0),
  minSamples: fc.constantFrom(1, 8),
  nanStrategy: fc.constantFrom('remove', 'zero', 'inconclusive'),
  independence: fc.constantFrom('asIs', 'thin'),
});
const scaled = (all: GaugeSamples, factor: number): GaugeSamples => ({
  candidate: all.candidate.map((value) => (value ?? 0) * factor),
  stable: all.stable.map((value) => (value ?? 0) * factor),
});
const other = { increase: 'decrease', decrease: 'increase', either: 'either' } as const;
const runs = { numRuns: 200 };

it.each([1e-9, 1e-6, 1e-3, 1e3, 1e9])('judges the same in a unit %d times as large', (factor) => {
  fc.assert(
    fc.property(samples, settings, (given, how) => {
      // Denormal numbers have no digits left to scale.
      fc.pre(
        [...given.candidate, ...given.stable].every((v) => v === 0 || Math.abs(v ?? 0) > 1e-9),
      );
      const [as, scaledAs] = [given, scaled(given, factor)].map((of) => judgeMannWhitney(of, how));
      expect(scaledAs?.kind).toBe(as?.kind);
      expect(scaledAs?.evidence.pTwoSided).toBe(as?.evidence.pTwoSided);
      expect(scaledAs?.evidence.interval?.k).toBe(as?.evidence.interval?.k);
    }),
    runs,
  );
});

it('judges the same when versions and direction are swapped', () => {
  fc.assert(
    fc.property(samples, settings, (given, how) => {
      const as = judgeMannWhitney(given, how);
      const swapped = judgeMannWhitney(
        { candidate: given.stable, stable: given.candidate },
        { ...how, direction: other[how.direction] },
      );
      expect(swapped.kind).toBe(as.kind);
      expect(swapped.evidence.pLess).toBe(as.evidence.pGreater);
      expect(swapped.evidence.pHarm).toBe(as.evidence.pHarm);
      expect((swapped.evidence.hodgesLehmann ?? 0) + (as.evidence.hodgesLehmann ?? 0)).toBe(0);
      expect((swapped.evidence.interval?.low ?? 0) + (as.evidence.interval?.high ?? 0)).toBe(0);
    }),
    runs,
  );
});

it('does not care for the order of points that are independent', () => {
  fc.assert(
    fc.property(samples, settings, ({ candidate, stable }, how) => {
      const asIs = { ...how, independence: 'asIs' } as const;
      const reversed = { candidate: candidate.toReversed(), stable: stable.toReversed() };
      expect(judgeMannWhitney(reversed, asIs)).toEqual(
        judgeMannWhitney({ candidate, stable }, asIs),
      );
    }),
    runs,
  );
});

it('fails only where p is at most α', () => {
  fc.assert(
    fc.property(samples, (given) => {
      const judged = judgeMannWhitney(given, defaultMannWhitneySettings);
      if (judged.kind !== 'fail') return;
      expect(judged.evidence.pHarm).toBeLessThanOrEqual(judged.evidence.alpha);
      expect(judged.evidence.candidate.n).toBeGreaterThanOrEqual(8);
    }),
    runs,
  );
});

it('answers anything with numbers that JSON keeps', () => {
  const anything = fc.array(
    fc.oneof(fc.double({ min: -1e150, max: 1e150 }), fc.constantFrom(null, Infinity, NaN, 0)),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(anything, anything, settings, (candidate, stable, how) => {
      const judged = judgeMannWhitney({ candidate, stable }, how);
      // JSON makes null of what is no number.
      expect(JSON.stringify(judged)).not.toContain('null');
      expect(judged.because).not.toMatch(/NaN|Infinity|undefined/);
    }),
    runs,
  );
});

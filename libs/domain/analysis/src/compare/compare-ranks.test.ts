import { describe, expect, it } from '@jest/globals';
import type { Measurement, Reading, Sample } from '../measurement.js';
import { aMeasurement } from '../testing/index.js';
import { seeded } from '../testing/seeded.js';
import { compareAsKayenta, compareRanks } from './compare-ranks.js';

const measurements = (readings: readonly Reading[]): readonly Measurement[] =>
  readings.map((reading, ordinal) => aMeasurement({ ordinal, reading }));

/** One point of each version: stable is around 100, the candidate so much more. */
function points(count: number, shift: number, seed = 7): readonly Reading[] {
  const { normal } = seeded(seed);
  return Array.from({ length: count }, () => ({
    kind: 'value' as const,
    candidate: { value: 100 + shift + normal() },
    stable: { value: 100 + normal() },
  }));
}
const pair = (candidate: Sample, stable?: Sample): Reading => ({
  kind: 'value',
  candidate,
  ...(stable === undefined ? {} : { stable }),
});

const looks = { count: 10, minSample: 0 };
const compared = (
  readings: readonly Reading[],
  { direction = 'increase' as 'increase' | 'decrease' | 'either', minPoints = 8, ...others } = {},
) =>
  compareRanks(
    measurements(readings),
    { kind: 'mannWhitney', direction, minPoints },
    { ...looks, alpha: 0.01, ...others },
  );
const inKayenta = (readings: readonly Reading[], direction: 'increase' | 'decrease' = 'increase') =>
  compareAsKayenta(measurements(readings), { kind: 'kayenta', direction }, looks);

describe('a look by ranks', () => {
  it('is made at each `count` points and at no others', () => {
    const all = points(29, 3);
    expect(compared(all.slice(0, 9))).toBeUndefined();
    const [first, second] = [compared(all.slice(0, 10)), compared(all.slice(0, 20))];
    expect(first?.candidate.n).toBe(10);
    expect(second?.candidate.n).toBe(20);
    expect(compared(all.slice(0, 19))).toEqual(first);
    expect(compared(all)).toEqual(second);
  });

  it('costs more of α than the one before, and all of them no more than α', () => {
    const costs = Array.from({ length: 10_000 }, (_, i) => 6 / (Math.PI ** 2 * (i + 1) ** 2));
    const spent = costs.reduce((a, b) => a + b, 0);
    expect(spent).toBeGreaterThan(0.999);
    expect(spent).toBeLessThan(1);
    // The same points as ten looks and as one: the p-value is 100 times as large.
    const all = points(100, 0.6);
    const one = compared(all, { count: 100 } as object)?.pValue ?? NaN;
    const tenth = compared(all)?.pValue ?? NaN;
    expect(tenth / one).toBeCloseTo(100, 6);
    expect(one).toBeLessThan(0.01);
  });

  it('finds a shift in the direction that is harm', () => {
    const found = compared(points(20, 3));
    expect(found?.pValue).toBeLessThan(0.001);
    expect(found).toMatchObject({ judge: 'mannWhitney', isEnough: false });
    expect(found?.estimate).toBeGreaterThan(2);
    expect(compared(points(20, 3), { direction: 'decrease' })).toMatchObject({
      pValue: 1,
      isEnough: true,
    });
  });

  it('pays for both directions where either is harm', () => {
    const all = points(20, 2);
    const one = compared(all)?.pValue ?? NaN;
    expect(compared(all, { direction: 'either' })?.pValue).toBeCloseTo(2 * one, 12);
  });

  it('calls no difference harm that one pair in ten sees', () => {
    const alike = points(2_000, 0.15);
    expect(compared(alike)?.pValue).toBe(1);
    expect(compared(points(2_000, 0.5))?.pValue).toBeLessThan(0.001);
  });

  it('is not enough with fewer points than are asked for', () => {
    expect(compared(points(10, 0), { minPoints: 60 })).toMatchObject({ isEnough: false });
  });
});

describe('a point', () => {
  const all = points(10, 3);
  it.each<[string, Reading]>([
    ['of the candidate alone', pair({ value: 900 })],
    ['that is not a number for stable', pair({ value: 900 }, { value: NaN })],
    ['that JSON has made null of', pair({ value: 900 }, { value: null as never })],
    ['that is infinite', pair({ value: Infinity }, { value: 1 })],
    ['of too few requests', pair({ value: 900, requests: 4 }, { value: 1, requests: 90 })],
    [
      'of too few requests of stable',
      pair({ value: 900, requests: 90 }, { value: 1, requests: 4 }),
    ],
    ['that nobody could measure', { kind: 'error', message: 'down' }],
    ['without data', { kind: 'empty' }],
  ])('%s is none', (_, odd) => {
    const without = compared(all, { minSample: 5 } as object);
    expect(without).toBeDefined();
    expect(compared([odd, ...all], { minSample: 5 } as object)).toEqual(without);
    expect(compared([odd, ...all.slice(1)], { minSample: 5 } as object)).toBeUndefined();
  });
});

describe('as Kayenta', () => {
  it('calls a shift harm at once, with its interval', () => {
    const found = inKayenta(points(50, 60));
    expect(found).toMatchObject({ judge: 'kayenta', isHarm: true, isEnough: false });
    expect(found?.low).toBeGreaterThan(40);
    expect(found).not.toHaveProperty('logE');
    expect(found).not.toHaveProperty('pValue');
  });

  it('passes what is alike, or better', () => {
    const found = inKayenta(points(50, 0));
    expect(found).toMatchObject({ isEnough: true });
    expect(found).not.toHaveProperty('isHarm');
    expect(inKayenta(points(50, 60), 'decrease')).toMatchObject({ isEnough: true });
  });

  it('looks at each `count` points too', () => {
    expect(inKayenta(points(9, 60))).toBeUndefined();
    expect(inKayenta(points(19, 60))?.candidate.n).toBe(10);
  });
});

it('gives no number that JSON has not', () => {
  const constant = (candidate: number, stable: number) =>
    Array.from({ length: 10 }, () => pair({ value: candidate }, { value: stable }));
  for (const readings of [
    constant(1, 1),
    constant(0, 0),
    constant(1e300, -1e300),
    constant(2, 1),
  ]) {
    for (const found of [compared(readings), inKayenta(readings)]) {
      expect(found).toBeDefined();
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    }
  }
});

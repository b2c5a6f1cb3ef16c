import { describe, expect, it } from '@jest/globals';
import { normalCdf, normalQuantile } from '../special-functions.js';
import { largestBound, sequentialBounds, type SequentialDesign } from './bounds.js';
import type { SpendingFunction } from './spending.js';

const equal = (looks: number): readonly number[] =>
  Array.from({ length: looks }, (_, k) => (k + 1) / looks);

const design = (
  spending: SpendingFunction,
  more: Partial<SequentialDesign> = {},
): SequentialDesign => ({
  alpha: 0.025,
  sides: 1,
  rho: 2,
  spending,
  ...more,
});

const zOf = (fractions: readonly number[], plan: SequentialDesign): readonly number[] =>
  sequentialBounds(fractions, plan).map(({ bound }) => bound);

const published: readonly (readonly [SpendingFunction, readonly number[]])[] = [
  ['obrienFleming', [3.7103, 2.5114, 1.993]],
  ['obrienFleming', [4.8769, 3.357, 2.6803, 2.2898, 2.031]],
  [
    'obrienFleming',
    [6.9913, 4.8769, 3.9297, 3.3671, 2.9893, 2.7148, 2.5041, 2.3358, 2.1975, 2.0812],
  ],
  ['pocock', [2.2794, 2.2949, 2.2959]],
  ['pocock', [2.438, 2.4268, 2.4102, 2.3966, 2.386]],
  ['power', [3.0902, 2.7141, 2.4728, 2.2799, 2.114]],
];

describe('bounds', () => {
  it.each(published)('of %s are the published ones: %j', (spending, expected) => {
    const found = zOf(equal(expected.length), design(spending));
    found.forEach((z, k) => expect(Math.abs(z - (expected[k] ?? NaN))).toBeLessThan(1e-4));
  });

  it("give the adjusted α of Spotify's test, whose last look is beyond the plan of 300", () => {
    const fractions = [250, 450, 630, 810].map((n) => n / 810);
    const plan = design('power', { alpha: 0.01, sides: 2 });
    const found = sequentialBounds(fractions, plan).map(({ adjustedAlpha }) => adjustedAlpha);
    const expected = [0.00095, 0.00241, 0.0041, 0.00636];
    found.forEach((alpha, k) => expect(alpha).toBeCloseTo(expected[k] ?? NaN, 5));
  });

  it('spend just what the function allows, whatever the spacing of looks', () => {
    const fractions = [0.04, 0.05, 0.3, 0.30002, 0.77, 1];
    const spent = sequentialBounds(fractions, design('pocock', { sides: 2 }));
    spent.forEach(({ fraction, spentAlpha }) =>
      expect(spentAlpha).toBeCloseTo(0.025 * Math.log1p((Math.E - 1) * fraction), 12),
    );
  });

  it('with one look are those of a test that looks once', () => {
    expect(zOf([1], design('obrienFleming'))[0]).toBeCloseTo(normalQuantile(0.975), 9);
    const twoSided = design('obrienFleming', { sides: 2, alpha: 0.05 });
    expect(zOf([1], twoSided)[0]).toBeCloseTo(normalQuantile(0.975), 9);
  });

  it('of two sides are nearly those of one side with half of α', () => {
    const one = zOf(equal(5), design('pocock'));
    const two = zOf(equal(5), design('pocock', { sides: 2, alpha: 0.05 }));
    one.forEach((z, k) => expect(two[k]).toBeCloseTo(z, 4));
  });

  it('do not change when more looks follow', () => {
    const early = zOf([0.1, 0.4], design('power'));
    const late = zOf([0.1, 0.4, 0.5, 0.9, 1], design('power'));
    early.forEach((z, k) => expect(late[k]).toBeCloseTo(z, 7));
  });

  it('agree with an integral over two looks done directly', () => {
    const [first = NaN, second = NaN] = zOf([0.35, 1], design('power'));
    const rest = 0.025 - 0.025 * 0.35 ** 2;
    const slices = 200_000;
    const [low, high] = [-9 * Math.sqrt(0.35), first * Math.sqrt(0.35)];
    let crossing = 0;
    for (let i = 0; i < slices; i += 1) {
      const b = low + ((i + 0.5) * (high - low)) / slices;
      const density = Math.exp((-b * b) / 0.7) / Math.sqrt(2 * Math.PI * 0.35);
      crossing += density * normalCdf((b - second) / Math.sqrt(0.65)) * ((high - low) / slices);
    }
    expect(crossing).toBeCloseTo(rest, 9);
  });
});

describe('extremes', () => {
  it('hold the bound at 8 where a first look spends less than that, and spend it later', () => {
    const [first, , last] = sequentialBounds([0.01, 0.5, 1], design('obrienFleming'));
    expect(first).toMatchObject({ bound: largestBound, capped: true });
    expect(first?.spentAlpha).toBeCloseTo(normalCdf(-8), 20);
    expect(last?.spentAlpha).toBeCloseTo(0.025, 14);
    const without = zOf([0.5, 1], design('obrienFleming'));
    expect(last?.bound).toBeCloseTo(without[1] ?? NaN, 9);
  });

  it('past the plan, spend all that is left with the information that is really there', () => {
    const found = sequentialBounds([0.5, 1.4], design('obrienFleming'));
    expect(found.at(-1)?.spentAlpha).toBeCloseTo(0.025, 14);
    const asPlanned = sequentialBounds([0.5, 1], design('obrienFleming'));
    expect(found[1]?.bound).not.toBeCloseTo(asPlanned[1]?.bound ?? NaN, 3);
  });

  it('short of the plan, spend all that is left at the last look', () => {
    const found = sequentialBounds([0.5, 0.7], design('obrienFleming'), { last: true });
    expect(found[1]?.spentAlpha).toBeCloseTo(0.025, 14);
    expect(found[1]?.bound).toBeLessThan(zOf([0.5, 0.7], design('obrienFleming'))[1] ?? NaN);
  });

  it('hold for a hundred looks, each higher than what is fit for one look', () => {
    const found = zOf(equal(100), design('obrienFleming'));
    expect(found).toHaveLength(100);
    expect(found.at(-1)).toBeGreaterThan(normalQuantile(0.975));
    expect(found.slice(4).every((z, k) => z < (found[k + 3] ?? NaN) + 1e-9)).toBe(true);
  });
});

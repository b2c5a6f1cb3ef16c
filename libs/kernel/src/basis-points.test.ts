import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { basisPoints, formatPercent, isBasisPoints, parsePercent } from './basis-points.js';

it.each([
  [0, 0],
  [0.01, 1],
  [0.07, 7],
  [10, 1_000],
  [25.5, 2_550],
  [33.33, 3_333],
  [100, 10_000],
])('reads %d percent as %d basis points', (percent, weight) => {
  expect(parsePercent(percent)).toBe(weight);
});

it.each([-0.01, 100.01, 0.005, 33.333, Number.NaN, Number.POSITIVE_INFINITY])(
  'does not read %d as a percentage',
  (percent) => {
    expect(parsePercent(percent)).toBeUndefined();
  },
);

it('reads minus zero as zero, so that a weight always equals itself', () => {
  expect(Object.is(parsePercent(-0), 0)).toBe(true);
});

it.each([
  [0, '0 %'],
  [1, '0.01 %'],
  [2_550, '25.5 %'],
  [10_000, '100 %'],
])('writes %d basis points as %s', (weight, text) => {
  expect(formatPercent(basisPoints(weight))).toBe(text);
});

it('reads back every share that it writes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (weight) => {
      expect(parsePercent(Number.parseFloat(formatPercent(basisPoints(weight))))).toBe(weight);
    }),
    { numRuns: 1_000 },
  );
});

it.each([-1, 10_001, 0.5, Number.NaN])('has no %d basis points', (n) => {
  expect(isBasisPoints(n)).toBe(false);
  expect(() => basisPoints(n)).toThrow(`basis points must be 0..10000, got ${n}`);
});

import { expect, it } from '@jest/globals';
import { noiseOf, quantile, sorted, wilson } from './rates.js';

it('Wilson’s interval of 10 in 100 is the one of the books', () => {
  const { low, high } = wilson(10, 100);
  expect(low).toBeCloseTo(0.0552, 4);
  expect(high).toBeCloseTo(0.1744, 4);
});

it('what was never found is later than all that was', () => {
  const values = sorted([30, null, 10, 20]);
  expect(quantile(values, 0.75)).toBe(30);
  expect(quantile(values, 1)).toBe(Infinity);
});

it('the noise of a median of 200 is what 14 in 100 of the releases lie in, and a little more', () => {
  const values = Array.from({ length: 100_000 }, (_, i) => i / 1_000);
  const { low, high } = noiseOf(values, 0.5, 200);
  expect(low).toBeCloseTo(43.06, 1);
  expect(high).toBeCloseTo(56.94, 1);
});

import { expect, test } from '@jest/globals';
import { binomialInterval } from './src/data-plane/index.js';

test('a fair coin of ten throws surprises at the ends only', () => {
  // Exactly 0 or 10 heads: 1/1024 each, more than the 0.05 % that a tail of 99.9 % may have.
  expect(binomialInterval(10, 0.5)).toEqual({ low: 0, high: 10 });
  expect(binomialInterval(10, 0.5, 0.99)).toEqual({ low: 1, high: 9 });
  expect(binomialInterval(10, 0.5, 0.95)).toEqual({ low: 2, high: 8 });
});

test('it is exact where a normal curve is not', () => {
  // 5,000 requests at 0.01 %: Poisson-like with mean 0.5, so four are ordinary and six are not.
  const { low, high } = binomialInterval(5_000, 0.0001);
  expect(low).toBe(0);
  expect(high).toBe(4);
});

test('it has no underflow with thousands of requests', () => {
  const { low, high } = binomialInterval(40_000, 0.5);
  expect(low + high).toBe(40_000);
  // 3.29 standard deviations of 100 on either side.
  expect(20_000 - low).toBeGreaterThanOrEqual(327);
  expect(20_000 - low).toBeLessThanOrEqual(331);
});

test('what cannot happen is not allowed for', () => {
  expect(binomialInterval(100, 0)).toEqual({ low: 0, high: 0 });
  expect(binomialInterval(100, 1)).toEqual({ low: 100, high: 100 });
});

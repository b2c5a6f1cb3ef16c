import { describe, expect, it } from '@jest/globals';
import { lowerTail, upperTail } from './binomial.js';

describe('the tails of a binomial distribution', () => {
  it.each([
    // P(X ≤ 2), n = 10, p = 0.5: (1 + 10 + 45) / 1024.
    [2, 10, 0.5, 56 / 1024],
    // P(X ≤ 0), n = 50, p = 0.1: 0.9^50.
    [0, 50, 0.1, 0.9 ** 50],
    [10, 10, 0.3, 1],
    [-1, 10, 0.3, 0],
  ])('P(X ≤ %d) for n = %d and p = %d is %d', (k, n, p, expected) => {
    expect(lowerTail(k, n, p)).toBeCloseTo(expected, 12);
  });

  it.each([
    [3, 20, 0.1],
    [480, 5_000, 0.1],
    [1_000_500, 10_000_000, 0.1],
  ])('together with the other side are one: k = %d, n = %d, p = %d', (k, n, p) => {
    expect(lowerTail(k, n, p) + upperTail(k + 1, n, p)).toBeCloseTo(1, 9);
  });
});

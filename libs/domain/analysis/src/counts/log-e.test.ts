import { describe, expect, it } from '@jest/globals';
import { countLogE } from './log-e.js';

const prior = { a: 1, b: 1 };

const pValue = (logE: number): number => Math.min(1, Math.exp(-logE));

describe('ln E of errors split between two versions', () => {
  it.each([
    [60, 100, 0.5, -0.090965],
    [70, 100, 0.5, 6.057502],
    [30, 100, 0.1, 13.195573],
    [12, 40, 0.1, 4.423861],
    [5, 10, 0.5, -0.995853],
  ])('two-sided, %d of %d where %d is expected: %d', (x, n, p0, expected) => {
    const logE = countLogE({ x, n, p0, prior, sides: 'two' });
    expect(Math.abs(logE - expected)).toBeLessThan(1e-6);
  });

  it.each([
    [60, 100, 0.5, 0.578891, 0.56052],
    [70, 100, 0.5, 6.750621, 0.00117015],
    [30, 100, 0.1, 13.300933, 1.67297e-6],
    [12, 40, 0.1, 4.529104, 0.0107903],
  ])('one-sided, %d of %d where %d is expected: %d, p = %d', (x, n, p0, expected, p) => {
    const logE = countLogE({ x, n, p0, prior, sides: 'one' });
    expect(Math.abs(logE - expected)).toBeLessThan(1e-6);
    expect(Math.abs(pValue(logE) - p)).toBeLessThan(1e-6);
  });

  it.each([0, 1])('is nothing where all errors are expected of one version: %d', (p0) => {
    expect(countLogE({ x: 3, n: 10, p0, prior, sides: 'one' })).toBe(0);
    expect(countLogE({ x: 3, n: 10, p0, prior, sides: 'two' })).toBe(0);
  });

  it.each(['one', 'two'] as const)('is nothing without errors, %s-sided', (sides) => {
    expect(countLogE({ x: 0, n: 0, p0: 0.3, prior, sides })).toBe(0);
  });
});

// Computed with fifty digits.
describe('ln E far out', () => {
  it.each([
    // A candidate that makes no error where half are expected: E is 1 / (n + 1), not 0.
    [0, 10_000, 0.5, -9.210440366976517],
    [480_877, 1_846_822, 0.25946254904922517, -2.771801552736677],
    [0, 2_762_224, 0.9999984959227027, -14.831547072341651],
    [14_596, 14_596, 0.7285895004782739, 4613.463126116185],
    // The library's tails are off by a factor here, though far from 0.
    [38, 259, 0.96494161760307, -5.396468201898971],
    [23, 282, 0.942154433375568, -5.555257861317411],
    [18, 427, 0.8326535540622734, -6.007320720014158],
  ])('%d of %d where %d is expected is %d', (x, n, p0, expected) => {
    const logE = countLogE({ x, n, p0, prior, sides: 'one' });
    expect(Math.abs(logE - expected)).toBeLessThan(1e-7);
  });

  it('is the same where the tail is a number and where it is none', () => {
    // 1 / (n + 1) on both sides of the n at which 0.5^(n + 1) becomes 0.
    for (let n = 900; n < 1_100; n += 1) {
      const logE = countLogE({ x: 0, n, p0: 0.5, prior, sides: 'one' });
      expect(Math.abs(logE + Math.log(n + 1))).toBeLessThan(1e-10);
    }
  });
});

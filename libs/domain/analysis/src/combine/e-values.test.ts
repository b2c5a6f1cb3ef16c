import { describe, expect, it } from '@jest/globals';
import { averageE, pFromLogE, productE } from './e-values.js';
import { logSum } from './log-sum.js';

describe('an average of e-values', () => {
  it('is the average, by weight where there are weights', () => {
    const logEs = [Math.log(8), Math.log(2), 0];
    expect(Math.exp(averageE(logEs))).toBeCloseTo(11 / 3, 12);
    expect(Math.exp(averageE(logEs, [1, 2, 1]))).toBeCloseTo(13 / 4, 12);
  });

  it('of one is that one, and of none no evidence', () => {
    expect(averageE([7.5])).toBe(7.5);
    expect(averageE([])).toBe(0);
  });

  it('neither overflows nor vanishes', () => {
    expect(averageE([1e4, -1e4])).toBeCloseTo(1e4 - Math.LN2, 9);
    expect(averageE([-1e4, -1e4])).toBeCloseTo(-1e4, 9);
    expect(averageE([-Infinity, 0])).toBeCloseTo(-Math.LN2, 12);
    expect(averageE([-Infinity, -Infinity])).toBe(-Infinity);
    expect(averageE([Infinity, 3], [0, 1])).toBe(3);
  });

  it('never exceeds the largest, nor a product of those that are above one', () => {
    const logEs = [0.3, 2, 5];
    expect(averageE(logEs)).toBeLessThan(5);
    expect(productE(logEs)).toBeCloseTo(7.3, 12);
    expect(averageE(logEs)).toBeLessThan(productE(logEs));
  });

  it('refuses weights that are none', () => {
    const refused = expect.objectContaining({ code: 'INVALID_INPUT' });
    expect(() => averageE([1, 2], [1])).toThrow(refused as never);
    expect(() => averageE([1, 2], [0, 0])).toThrow(refused as never);
    expect(() => averageE([1, 2], [2, -1])).toThrow(refused as never);
  });
});

describe('a p-value from an e-value', () => {
  it('is 1/E, and 1 at the most', () => {
    expect(pFromLogE(Math.log(200))).toBeCloseTo(0.005, 15);
    expect(pFromLogE(-1e4)).toBe(1);
    expect(pFromLogE(1e4)).toBe(0);
  });
});

describe('a sum of logarithms', () => {
  it('of nothing is nothing', () => {
    expect(logSum([])).toBe(-Infinity);
    expect(logSum([Math.log(2), Math.log(3), -Infinity])).toBeCloseTo(Math.log(5), 12);
  });
});

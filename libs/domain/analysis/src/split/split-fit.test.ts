import { describe, expect, it } from '@jest/globals';
import { basisPoints } from '@spillway/kernel';
import { lowerTail, upperTail } from './binomial.js';
import { fitsSplit } from './split-fit.js';

const tenPercent = basisPoints(1_000);

describe('a split of counted requests', () => {
  it('fits within the exact 99.9 % interval, and differs a request beyond it', () => {
    const verdict = (candidate: number) => fitsSplit(tenPercent, candidate, 5_000 - candidate);
    const fitting = Array.from({ length: 5_001 }, (_, k) => k).filter((k) => verdict(k) === 'fits');
    const [low, high] = [fitting[0] ?? 0, fitting.at(-1) ?? 0];
    expect(fitting).toHaveLength(high - low + 1);
    expect(lowerTail(low, 5_000, 0.1)).toBeGreaterThanOrEqual(0.0005);
    expect(lowerTail(low - 1, 5_000, 0.1)).toBeLessThan(0.0005);
    expect(upperTail(high, 5_000, 0.1)).toBeGreaterThanOrEqual(0.0005);
    expect(upperTail(high + 1, 5_000, 0.1)).toBeLessThan(0.0005);
  });

  it('differs when the candidate got nothing of many requests', () => {
    expect(fitsSplit(tenPercent, 0, 1_000)).toBe('differs');
  });

  it('has too few requests where none for the candidate would not be told from its weight', () => {
    // 0.9^72 is above 0.0005, and 0.9^73 below it.
    expect(fitsSplit(tenPercent, 7, 65)).toBe('tooFew');
    expect(fitsSplit(tenPercent, 7, 66)).toBe('fits');
    expect(fitsSplit(tenPercent, 0, 0)).toBe('tooFew');
  });

  it('differs early where a few requests are enough to tell', () => {
    expect(fitsSplit(tenPercent, 5, 0)).toBe('differs');
  });

  it('allows the other version no request at 0 and at 100 %', () => {
    expect(fitsSplit(basisPoints(0), 0, 500)).toBe('fits');
    expect(fitsSplit(basisPoints(0), 1, 500)).toBe('differs');
    expect(fitsSplit(basisPoints(10_000), 500, 0)).toBe('fits');
    expect(fitsSplit(basisPoints(10_000), 500, 1)).toBe('differs');
    expect(fitsSplit(basisPoints(10_000), 50, 0)).toBe('tooFew');
  });

  it('rounds counts that are not whole', () => {
    expect(fitsSplit(basisPoints(10_000), 500.4, 0.3)).toBe('fits');
  });
});

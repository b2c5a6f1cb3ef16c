import { describe, expect, it } from '@jest/globals';
import { binomial, multinomial, mulberry32, poisson, seedOf, type Random } from './random.js';

const mean = (n: number, draw: (random: Random) => number): number => {
  const random = mulberry32(seedOf('test'));
  return Array.from({ length: n }, () => draw(random)).reduce((sum, x) => sum + x, 0) / n;
};
const squared = (x: number): number => x * x;

describe('draws', () => {
  it('repeats the same numbers from the same seed', () => {
    const [a, b] = [mulberry32(42), mulberry32(42)];
    expect([a(), a(), a()]).toEqual([b(), b(), b()]);
  });

  it('gives the numbers that mulberry32 is known for', () => {
    const random = mulberry32(1);
    expect([random(), random()].map((x) => Math.round(x * 2 ** 32))).toEqual([
      2_693_262_067, 11_749_833,
    ]);
  });

  it.each([0.3, 10, 250])('draws Poisson numbers with mean and variance %p', (lambda) => {
    expect(mean(20_000, (r) => poisson(r, lambda)) / lambda).toBeCloseTo(1, 1);
    expect(mean(20_000, (r) => squared(poisson(r, lambda) - lambda)) / lambda).toBeCloseTo(1, 1);
  });

  it.each([
    [10, 0.05],
    [1_000, 0.9],
    [5_000, 0.0001],
  ])('draws binomial numbers of %p with p = %p', (n, p) => {
    const [expected, variance] = [n * p, n * p * (1 - p)];
    expect(mean(20_000, (r) => binomial(r, n, p)) / expected).toBeCloseTo(1, 1);
    expect(mean(20_000, (r) => squared(binomial(r, n, p) - expected)) / variance).toBeCloseTo(1, 1);
  });

  it.each([
    [0, 0.5, 0],
    [10, 0, 0],
    [10, 1, 10],
  ])('draws of %p with p = %p always %p', (n, p, always) => {
    expect(binomial(mulberry32(1), n, p)).toBe(always);
  });

  it('loses nothing when it shares out', () => {
    const random = mulberry32(5);
    for (let i = 0; i < 1_000; i += 1) {
      const shares = multinomial(random, 1_000, [0.1, 0, 0.2, 1e-9, 0]);
      expect(shares.reduce((sum, n) => sum + n, 0)).toBe(1_000);
      expect([shares[1], shares[4]]).toEqual([0, 0]);
    }
  });
});

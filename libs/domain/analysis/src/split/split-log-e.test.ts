import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countLogE } from '../counts/index.js';
import { defaultSplitSettings, judgeSplit, splitLogE } from './index.js';
import { splitLogEWithStrays } from './split-log-e.js';

const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
const alphas = fc.array(fc.double({ min: 0.5, max: 5, noNaN: true }), {
  minLength: 3,
  maxLength: 3,
});
const three = fc
  .tuple(share, share, share)
  .map((shares) => shares.map((one) => one / shares.reduce((sum, other) => sum + other, 0)));

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** The mean of E over all ways in which n requests can be split among three versions. */
function meanOf(n: number, shares: readonly number[], e: (counts: readonly number[]) => number) {
  let mean = 0;
  for (let i = 0; i <= n; i += 1) {
    for (let j = 0; j <= n - i; j += 1) {
      const counts = [i, j, n - i - j];
      const ways = counts.reduce((left, count) => left / factorial(count), factorial(n));
      const chance = counts.reduce((all, count, k) => all * (shares[k] ?? 0) ** count, ways);
      if (chance > 0) mean += chance * e(counts);
    }
  }
  return mean;
}

describe('ln E of a split', () => {
  it('is that of errors, two-sided, for two versions', () => {
    const logE = splitLogE({ counts: [70, 30], shares: [0.9, 0.1], concentration: [1, 1] });
    expect(Math.abs(logE - 13.195573)).toBeLessThan(1e-6);
  });

  it('is that of a Dirichlet-multinomial, for three: 2!/5! · 1!·2!·0! / (0.5 · 0.3²)', () => {
    const logE = splitLogE({
      counts: [1, 2, 0],
      shares: [0.5, 0.3, 0.2],
      concentration: [1, 1, 1],
    });
    expect(logE).toBeCloseTo(Math.log(((2 / 120) * 2) / (0.5 * 0.09)), 12);
  });

  it('is 1 in the mean for a split in force', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), three, alphas, (n, shares, concentration) => {
        const e = (counts: readonly number[]): number =>
          Math.exp(splitLogE({ counts, shares, concentration }));
        expect(meanOf(n, shares, e)).toBeCloseTo(1, 8);
      }),
      { numRuns: 50 },
    );
  });

  it('is 1 at the most in the mean where strays are within the tolerance', () => {
    const within = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), share, within, alphas, (n, p, part, alpha) => {
        const stray = 0.05 * part;
        const shares = [p * (1 - stray), (1 - p) * (1 - stray), stray];
        const e = (counts: readonly number[]): number =>
          Math.exp(
            splitLogEWithStrays({ counts, shares: [p, 1 - p, 0], concentration: alpha }, 0.05),
          );
        expect(meanOf(n, shares, e)).toBeLessThan(1 + 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it('does not care for the order of versions, nor for how requests fall into looks', () => {
    const counts = fc.array(fc.nat(1_000_000), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(counts, three, (one, shares) => {
        const judged = judgeSplit({ looks: [{ counts: one }] }, { ...defaultSplitSettings, shares })
          .evidence.logE;
        const parts = [one.map((c) => Math.floor(c / 3)), one.map((c) => c - Math.floor(c / 3))];
        const reversed = judgeSplit(
          { looks: parts.map((part) => ({ counts: part.toReversed() })) },
          { ...defaultSplitSettings, shares: shares.toReversed() },
        ).evidence.logE;
        expect(Math.abs(judged - reversed)).toBeLessThan(1e-8 * Math.max(1, Math.abs(judged)));
      }),
    );
  });
});

describe('the interval of a share', () => {
  it('ends where the process would reject the share', () => {
    const observed = fc.tuple(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 100_000 }),
    );
    fc.assert(
      fc.property(observed, (counts) => {
        const alpha = 0.01;
        const [first] = judgeSplit(
          { looks: [{ counts }] },
          { ...defaultSplitSettings, alpha, shares: [1, 1] },
        ).evidence.arms;
        const [x, n] = [counts[0], counts[0] + counts[1]];
        for (const p0 of [first?.lower ?? 0, first?.upper ?? 0]) {
          const logE = countLogE({ x, n, p0, prior: { a: 1, b: 1 }, sides: 'two' });
          expect(logE).toBeCloseTo(-Math.log(alpha), 3);
        }
      }),
    );
  });

  it('is open where a version got nothing or everything', () => {
    const [none, all] = judgeSplit(
      { looks: [{ counts: [0, 50] }] },
      { ...defaultSplitSettings, shares: [1, 1] },
    ).evidence.arms;
    expect(none).toMatchObject({ lower: 0 });
    expect(all).toMatchObject({ upper: 1 });
    expect(none?.upper).toBeLessThan(0.5);
  });
});

import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ascending, rankSums, tieCorrectedSigma } from './rank-sum.js';

/** Few different values, so that ties are the rule. */
const arm = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 12 });

it('ranks values without ties from 1', () => {
  const { rankSum, tieSum } = rankSums(ascending([30, 10]), ascending([20, 40]));
  expect([rankSum, tieSum]).toEqual([4, 0]);
});

it('gives equal values the mean of their ranks, and says how many groups of them there are', () => {
  expect(rankSums(ascending([1, 1, 2]), ascending([1, 3, 3]))).toEqual({
    rankSum: 2 + 2 + 4,
    tieSum: 27 - 3 + (8 - 2),
    tiedGroups: 2,
    tiedValues: 5,
  });
});

it('counts pairs won and half of the pairs tied, whatever the shift', () => {
  fc.assert(
    fc.property(arm, arm, fc.integer({ min: -5, max: 5 }), (x, y, shift) => {
      const pairs = x.flatMap((a) => y.map((b) => Math.sign(a - shift - b) / 2 + 0.5));
      const { rankSum } = rankSums(ascending(x), ascending(y), shift);
      const won = pairs.reduce((sum, pair) => sum + pair, 0);
      expect(rankSum - (x.length * (x.length + 1)) / 2).toBe(won);
    }),
  );
});

it('ends also where a shift takes a value beyond all numbers', () => {
  expect(rankSums(ascending([1.7e308]), ascending([0]), -1.7e308).rankSum).toBe(2);
});

it('knows no deviation where all values are tied', () => {
  const { tieSum } = rankSums(ascending([7, 7]), ascending([7, 7, 7]));
  expect(tieCorrectedSigma(2, 3, tieSum)).toBe(0);
});

import { describe, expect, it } from '@jest/globals';
import { histogramQuantile } from './histogram-quantile.js';

const buckets = (...counts: readonly (readonly [upperBound: number, count: number])[]) =>
  counts.map(([upperBound, cumulativeCount]) => ({ upperBound, cumulativeCount }));

describe('a quantile of a histogram', () => {
  it.each([
    [
      'lies in the middle of the bucket that holds half',
      0.5,
      [
        [1, 0],
        [2, 10],
        [Infinity, 10],
      ],
      1.5,
    ],
    [
      'begins at 0 in the first bucket',
      0.5,
      [
        [10, 10],
        [Infinity, 10],
      ],
      5,
    ],
    [
      'is the last finite bound beyond it',
      0.99,
      [
        [1, 5],
        [2, 10],
        [Infinity, 20],
      ],
      2,
    ],
    [
      'skips buckets without observations',
      0.6,
      [
        [1, 5],
        [2, 5],
        [4, 10],
        [Infinity, 10],
      ],
      2.4,
    ],
    [
      'does not mind counts that fall by rounding',
      0.9,
      [
        [1, 10],
        [2, 9.9],
        [Infinity, 10],
      ],
      0.9,
    ],
  ] as const)('%s', (_, quantile, counts, expected) => {
    expect(histogramQuantile(quantile, buckets(...counts))).toBeCloseTo(expected, 10);
  });

  it('does not depend on the order of the buckets', () => {
    expect(histogramQuantile(0.5, buckets([Infinity, 10], [2, 10], [1, 0]))).toBe(1.5);
  });

  it.each([
    ['no buckets', []],
    [
      'no observations',
      [
        [1, 0],
        [Infinity, 0],
      ],
    ],
    [
      'no bucket for +Inf',
      [
        [1, 5],
        [2, 10],
      ],
    ],
    ['only a bucket for +Inf', [[Infinity, 10]]],
    [
      'a count that is not a number',
      [
        [1, 5],
        [Infinity, Number.NaN],
      ],
    ],
  ] as const)('is not a number with %s', (_, counts) => {
    expect(histogramQuantile(0.5, buckets(...counts))).toBeNaN();
  });
});

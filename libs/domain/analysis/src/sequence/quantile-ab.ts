import { bernoulliMixture } from './beta-binomial.js';
import type { Mixture } from './mixture.js';
import { leastBetween } from './root.js';

/** How many of an arm's `n` observations are below a point, and at most at it. */
export interface Standing {
  readonly n: number;
  readonly below: number;
  readonly atMost: number;
}

export interface QuantileQuestion {
  /** Which quantile, 0 < p < 1. */
  readonly p: number;
  /** Observations per arm at which the test is sharpest. */
  readonly tOpt: number;
  readonly alphaOpt: number;
}

/**
 * ln E of "both arms have the same p-quantile" (Howard & Ramdas 2022, section 7.1, arXiv 1906.09712):
 * the least evidence, over all points x that the common quantile may be, of both arms against x.
 * `points` are all observed values, in any order; where values are known only by bucket, each bucket
 * is one point, and the answer holds for any values that the buckets may have had.
 */
export function quantileDifferenceLogE(
  points: Iterable<readonly [candidate: Standing, stable: Standing]>,
  { p, tOpt, alphaOpt }: QuantileQuestion,
): number {
  const mixture = bernoulliMixture(p, { draws: tOpt, alpha: alphaOpt });
  const against = [leastEvidence(mixture, p), leastEvidence(mixture, p)] as const;
  let least = Infinity;
  for (const [candidate, stable] of points) {
    least = Math.min(least, against[0](candidate) + against[1](stable));
  }
  return Number.isFinite(least) ? least : 0;
}

/** The least evidence of one arm that a point is its p-quantile. ln E is convex in the share below it. */
function leastEvidence(mixture: Mixture, p: number): (standing: Standing) => number {
  let valley: { readonly n: number; readonly share: number } | undefined;
  return ({ n, below, atMost }) => {
    if (n === 0) return 0;
    const logE = (share: number): number => mixture.logE((share - p) * n, p * (1 - p) * n);
    if (valley?.n !== n) valley = { n, share: leastBetween(logE, 0, 1) };
    return logE(Math.min(Math.max(valley.share, below / n), atMost / n));
  };
}

/**
 * Always-valid p-value of "both have the same p-quantile", from single values.
 *
 * @example quantileAbPValue(one, other, { p: 0.5, tOpt: 100, alphaOpt: 0.05 })
 */
export function quantileAbPValue(
  candidate: readonly number[],
  stable: readonly number[],
  question: QuantileQuestion,
): number {
  const points = standings(candidate.toSorted(ascending), stable.toSorted(ascending));
  return Math.min(1, Math.exp(-quantileDifferenceLogE(points, question)));
}

export const ascending = (a: number, b: number): number => a - b;

function* standings(
  candidate: readonly number[],
  stable: readonly number[],
): Generator<readonly [Standing, Standing]> {
  let [i, j] = [0, 0];
  while (i < candidate.length || j < stable.length) {
    const x = Math.min(candidate[i] ?? Infinity, stable[j] ?? Infinity);
    const [belowI, belowJ] = [i, j];
    i = firstAbove(candidate, x, i);
    j = firstAbove(stable, x, j);
    yield [
      { n: candidate.length, below: belowI, atMost: i },
      { n: stable.length, below: belowJ, atMost: j },
    ];
  }
}

function firstAbove(sorted: readonly number[], x: number, from: number): number {
  let at = from;
  while ((sorted[at] ?? Infinity) <= x && at < sorted.length) at += 1;
  return at;
}

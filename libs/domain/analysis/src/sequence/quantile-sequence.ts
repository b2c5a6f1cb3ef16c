import { bernoulliMixture } from './beta-binomial.js';
import { ascending, type QuantileQuestion } from './quantile-ab.js';
import { leastBetween, rootBetween } from './root.js';

/** Shares of an arm's observations between which its p-quantile lies; a missing one is no limit. */
export interface QuantileShares {
  readonly lower?: number;
  readonly upper?: number;
}

/**
 * The shares `a` of `n` observations at which "a·n of them are at most Q(p)" is not rejected at α: a
 * point x may be the quantile while F̂(x) > lower and F̂(x−) < upper, at all times at once.
 */
export function quantileShares(
  n: number,
  { p, tOpt, alphaOpt }: QuantileQuestion,
  alpha: number,
): QuantileShares {
  if (n === 0) return {};
  const mixture = bernoulliMixture(p, { draws: tOpt, alpha: alphaOpt });
  const excess = (share: number): number =>
    mixture.logE((share - p) * n, p * (1 - p) * n) + Math.log(alpha);
  const valley = leastBetween(excess, 0, 1);
  return {
    ...(excess(0) > 0 ? { lower: rootBetween((a) => -excess(a), 0, valley) } : {}),
    ...(excess(1) > 0 ? { upper: rootBetween(excess, valley, 1) } : {}),
  };
}

/** Confidence sequence for the p-quantile of single values, with its usual estimate. */
export function quantileInterval(
  values: readonly number[],
  question: QuantileQuestion,
  alpha: number,
): { readonly estimate?: number; readonly lower?: number; readonly upper?: number } {
  const n = values.length;
  const sorted = values.toSorted(ascending);
  const shares = quantileShares(n, question, alpha);
  const estimate = sorted[Math.max(0, Math.ceil(n * question.p) - 1)];
  const lower = shares.lower === undefined ? undefined : sorted[Math.floor(shares.lower * n)];
  const upper = shares.upper === undefined ? undefined : sorted[Math.ceil(shares.upper * n) - 1];
  return {
    ...(estimate === undefined ? {} : { estimate }),
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
  };
}

import { ascending, rankSums, tieCorrectedSigma } from '../rank/rank-sum.js';
import { normalQuantile } from '../special-functions.js';
import { zeroin } from './zeroin.js';

/** In the words of Kayenta's own evidence: L and U are the ends of the interval, HL the estimate. */
export interface KayentaInterval {
  readonly L: number;
  readonly U: number;
  readonly HL: number;
}

/**
 * How far the shift `mu` is from making the arms alike, in standard deviations, less `z`. Falls as
 * `mu` grows. NaN where all values are tied, for there is no deviation then.
 */
export function wilcoxonDifference(
  x: Float64Array,
  y: Float64Array,
): (mu: number, z: number) => number {
  const [m, n] = [x.length, y.length];
  return (mu, z) => {
    const { rankSum, tieSum } = rankSums(x, y, mu);
    const sigma = tieCorrectedSigma(m, n, tieSum);
    const off = rankSum - (m * (m + 1)) / 2 - (m * n) / 2;
    return sigma === 0 ? NaN : (off - 0.5 * Math.sign(off)) / sigma - z;
  };
}

/**
 * Interval and estimate as Kayenta computes them: by root finding on the asymptotic statistic, as
 * R's `wilcox.test(exact = FALSE, correct = TRUE, conf.int = TRUE)` does.
 *
 * The correction by ½ is part of the estimate too, so that any point of a plateau around the median
 * may come out. For the true median of differences ask the exact judge.
 *
 * `undefined` where all values are tied: Kayenta gives up there (class `Error`).
 */
export function kayentaInterval(
  experiment: readonly number[],
  control: readonly number[],
  confLevel: number,
): KayentaInterval | undefined {
  const [x, y] = [ascending(experiment), ascending(control)];
  const difference = wilcoxonDifference(x, y);
  const muMin = (x[0] ?? 0) - (y.at(-1) ?? 0);
  const muMax = (x.at(-1) ?? 0) - (y[0] ?? 0);
  const endsAt = (z: number) => ({
    low: { x: muMin, y: difference(muMin, z) },
    high: { x: muMax, y: difference(muMax, z) },
  });
  const solve = (z: number): number => {
    const { low, high } = endsAt(z);
    return zeroin((mu) => difference(mu, z), low, high);
  };
  const solveWithin = (z: number): number => {
    const { low, high } = endsAt(z);
    if (low.y <= 0) return muMin;
    return high.y >= 0 ? muMax : solve(z);
  };
  if (Number.isNaN(endsAt(0).low.y) || Number.isNaN(endsAt(0).high.y)) return undefined;
  const z = normalQuantile((1 - confLevel) / 2);
  return { L: solveWithin(-z), U: solveWithin(z), HL: solve(0) };
}

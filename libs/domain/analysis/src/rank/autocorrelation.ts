import { ascending } from './rank-sum.js';

/** How much less the points say than as many independent ones would. */
export interface Autocorrelation {
  /** Points per independent point, from 1. */
  readonly time: number;
  /** From the lag-1 correlation alone, and from all lags; the larger is taken. */
  readonly timeOfFirstLag: number;
  readonly timeOfAllLags: number;
  /** Correlation of ranks of neighbours, corrected for its bias. */
  readonly firstLag: number;
  /** Points of each version that independent ones would be worth. */
  readonly candidateEffective: number;
  readonly stableEffective: number;
}

/** Average ranks within the arm, around 0, in the order of time: no outlier outweighs the rest. */
function centredRanks(values: readonly number[]): Float64Array {
  const sorted = ascending(values);
  const rankOf = new Map<number, number>();
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const value = sorted[from] ?? 0;
    while (sorted[to] === value) to += 1;
    rankOf.set(value, (from + to - sorted.length) / 2);
  }
  return Float64Array.from(values, (value) => rankOf.get(value) ?? 0);
}

/** Ranks grow with n and their squares with n², hence the division: arms weigh by their points. */
function autocovariance(ranks: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < ranks.length; i += 1) sum += (ranks[i] ?? 0) * (ranks[i - lag] ?? 0);
  return sum / ranks.length ** 2;
}

const strongest = 0.99;

/** AR(1) of the lag-1 correlation. Kendall (1954): of n points it is (1 + 3ρ)/n too low. */
function correctedFirstLag(correlation: number, n: number): number {
  const corrected = (correlation + 1 / n) / Math.max(1 - 3 / n, Number.EPSILON);
  return Math.min(Math.max(corrected, 0), strongest);
}

/**
 * Geyer's (1992) initial monotone sequence: sums of neighbouring lags as long as they are positive,
 * none larger than the one before. Short series hide part of their own correlation; hence the last
 * division.
 */
function timeOfAllLags(correlationAt: (lag: number) => number, n: number): number {
  let [time, before] = [-1, Infinity];
  for (let lag = 0; lag + 1 <= n / 3; lag += 2) {
    const pair = Math.min(correlationAt(lag) + correlationAt(lag + 1), before);
    if (pair <= 0) break;
    time += 2 * pair;
    before = pair;
  }
  const least = Math.max(time, 1);
  return Math.min(least / (1 - Math.min(0.75, least / n)), Math.max(n, 1));
}

/**
 * The integrated autocorrelation time of both arms together, on ranks.
 *
 * U is, but for terms that vanish, a mean of ranks; where points follow each other that mean varies
 * as one of n/time independent points does. Two estimates, each blind where the other sees: the
 * first lag is what a short series still shows, all lags see a slow drift under noise.
 */
export function autocorrelationOf(
  candidate: readonly number[],
  stable: readonly number[],
): Autocorrelation {
  const arms = [centredRanks(candidate), centredRanks(stable)];
  const covarianceAt = (lag: number): number =>
    arms.reduce((sum, ranks) => sum + autocovariance(ranks, lag), 0);
  const variance = covarianceAt(0);
  const correlationAt = (lag: number): number =>
    variance === 0 ? 0 : covarianceAt(lag) / variance;
  const n = (candidate.length + stable.length) / 2;
  const firstLag = variance === 0 ? 0 : correctedFirstLag(correlationAt(1), n);
  const times = {
    timeOfFirstLag: (1 + firstLag) / (1 - firstLag),
    timeOfAllLags: variance === 0 ? 1 : timeOfAllLags(correlationAt, n),
  };
  const time = Math.max(times.timeOfFirstLag, times.timeOfAllLags);
  return {
    time,
    ...times,
    firstLag,
    candidateEffective: candidate.length / time,
    stableEffective: stable.length / time,
  };
}

import { conditionalLogRatios, type SlowTable } from './conditional-odds.js';
import type { LatencyMeasurements, LatencySettings } from './measurements.js';
import { totalOf } from './totals.js';

/**
 * E of "nowhere slower than it may be" after each look, and all that further looks add to. At a bound:
 * product over looks, mean over alternatives. Over all bounds: the mean, for they share requests, and
 * a mean of e-values needs no independence.
 */
export interface SlowerCourse {
  /** All requests, then for each bound those that took longer. */
  readonly candidate: readonly number[];
  readonly stable: readonly number[];
  /** ln of the product over looks; for each pair of bounds, for each alternative. */
  readonly logProducts: readonly (readonly number[])[];
  /** For each pair of bounds: the candidate's slow requests, were the version no difference. */
  readonly expected: readonly number[];
  /** After each look. */
  readonly logEs: readonly number[];
}

const atFirst: SlowerCourse = {
  candidate: [],
  stable: [],
  logProducts: [],
  expected: [],
  logEs: [],
};

/**
 * Looks that come after those of `before`, whose bounds and settings are the same. What a look adds
 * depends on no other, so following looks in parts gives the same to the last digit.
 */
export function followSlower(
  { upperBounds, looks }: LatencyMeasurements,
  { tolerance, maxRatio, alternatives }: LatencySettings,
  before: SlowerCourse = atFirst,
): SlowerCourse {
  const pairs = pairsOf(upperBounds, tolerance);
  const odds = alternatives.map((multiple) => multiple * maxRatio);
  return looks.reduce((course, look): SlowerCourse => {
    const [candidate, stable] = [slowerThan(look.candidate), slowerThan(look.stable)];
    const tables = pairs.map((pair) => tableOf({ candidate, stable }, pair));
    const logProducts = tables.map((table, pair) =>
      conditionalLogRatios(table, odds, maxRatio).map(
        (ratio, i) => (course.logProducts[pair]?.[i] ?? 0) + ratio,
      ),
    );
    return {
      candidate: totalOf([course.candidate, candidate]),
      stable: totalOf([course.stable, stable]),
      logProducts,
      expected: tables.map((table, pair) => (course.expected[pair] ?? 0) + expectedOf(table)),
      logEs: [...course.logEs, logMeanExp(logProducts.map(logMeanExp))],
    };
  }, before);
}

/** Bounds of which the candidate's is higher by what it may be slower, by their place. */
export interface BoundPair {
  readonly candidate: number;
  readonly stable: number;
}

/** Bounds differ from products of bounds by rounding. */
const rounding = 1e-9;

/** For each bound of the stable version the first one that is higher by the tolerance. */
export function pairsOf(upperBounds: readonly number[], tolerance: number): readonly BoundPair[] {
  return upperBounds.flatMap((bound, stable) => {
    const least = bound * (1 + tolerance) * (1 - rounding);
    const candidate = upperBounds.findIndex((other, i) => i >= stable && other >= least);
    return candidate === -1 ? [] : [{ candidate, stable }];
  });
}

/**
 * All requests, then for each bound those that took longer. Whole: an increase that a backend
 * extrapolates is a fraction off, and only whole requests can be shared out between versions.
 */
function slowerThan(counts: readonly number[]): readonly number[] {
  const slower = counts.map(() => 0);
  let sum = 0;
  for (let i = counts.length - 1; i >= 0; i -= 1) {
    sum += Math.max(0, counts[i] ?? 0);
    slower[i] = Math.round(sum);
  }
  return slower;
}

export const tableOf = (
  { candidate, stable }: Pick<SlowerCourse, 'candidate' | 'stable'>,
  bounds: BoundPair,
): SlowTable => ({
  candidate: candidate[0] ?? 0,
  stable: stable[0] ?? 0,
  slowCandidate: candidate[bounds.candidate + 1] ?? 0,
  slowStable: stable[bounds.stable + 1] ?? 0,
});

const expectedOf = ({ candidate, stable, slowCandidate, slowStable }: SlowTable): number =>
  candidate === 0 ? 0 : ((slowCandidate + slowStable) * candidate) / (candidate + stable);

/**
 * ln of the mean of exponentials, of which the largest need not be a number. 0 of none. For each
 * alternative the product over looks is a martingale; so is their mean.
 */
export function logMeanExp(logs: readonly number[]): number {
  if (logs.length === 0) return 0;
  const largest = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - largest), 0);
  return largest + Math.log(sum / logs.length);
}

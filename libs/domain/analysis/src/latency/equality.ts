import type { BetaPrior } from '../counts/index.js';
import { logBeta } from '../special-functions.js';
import type { LatencyLook, LatencyMeasurements } from './measurements.js';
import { totalOf, totals } from './totals.js';

export interface BucketEvidence {
  /** Absent for the last bucket. */
  readonly upperBound?: number;
  /** Requests of the candidate. */
  readonly x: number;
  /** Requests of both. */
  readonly n: number;
  /** ln B(a + x, b + n − x) − ln B(a, b). */
  readonly logMarginal: number;
}

export interface EqualitySegment {
  readonly weight?: number;
  /** The candidate's share of requests, X/N: the weight under which equality explains most. */
  readonly exposure?: number;
  readonly x: number;
  readonly n: number;
  readonly buckets: readonly BucketEvidence[];
  readonly logE: number;
  /** Against the programmed weight alone; then a split that is not in force is evidence as well. */
  readonly logEAtWeight?: number;
}

export interface EqualityEvidence {
  readonly logE: number;
  readonly eValue?: number;
  /** Where every segment had a weight between 0 and 1. */
  readonly logEAtWeight?: number;
  readonly segments: readonly EqualitySegment[];
}

/**
 * E of "both versions are equally fast", against a difference of any kind, one segment for each weight.
 *
 * Where the version makes no difference, each request of whatever latency is the candidate's with one
 * probability w. For any fixed w, Π over buckets of B(a + x, b + n − x)/B(a, b), a Beta mixture for each
 * bucket, by w^X (1 − w)^(N − X) is a martingale. w is not known, so E takes the w under which the
 * denominator is greatest, X/N: E is at most the martingale of the true w, whatever that is
 * (universal inference; Wasserman, Ramdas, Balakrishnan 2020, arXiv 1912.11436).
 *
 * Buckets are never merged: a merge chosen after looking at counts would be another martingale at each
 * look, and thus none. An empty bucket is a factor of 1.
 */
export function judgeEquality(
  { upperBounds, looks }: LatencyMeasurements,
  prior: BetaPrior,
): EqualityEvidence {
  const segments = segmentsOf(looks).map((segment) => judgeSegment(upperBounds, segment, prior));
  const logE = segments.reduce((sum, segment) => sum + segment.logE, 0);
  const eValue = Math.exp(logE);
  const atWeight = segments.flatMap(({ logEAtWeight }) => logEAtWeight ?? []);
  return {
    logE,
    ...(Number.isFinite(eValue) ? { eValue } : {}),
    ...(segments.length > 0 && atWeight.length === segments.length
      ? { logEAtWeight: atWeight.reduce((sum, one) => sum + one, 0) }
      : {}),
    segments,
  };
}

/** Requests of consecutive looks with the same weight. */
function segmentsOf(looks: readonly LatencyLook[]): readonly LatencyLook[] {
  const segments: LatencyLook[] = [];
  for (const look of looks) {
    const last = segments.at(-1);
    if (last === undefined || last.weight !== look.weight) {
      segments.push(look);
      continue;
    }
    segments[segments.length - 1] = {
      ...last,
      ...totals([last, look]),
    };
  }
  return segments;
}

function judgeSegment(
  upperBounds: readonly number[],
  { candidate, stable, weight }: LatencyLook,
  { a, b }: BetaPrior,
): EqualitySegment {
  const buckets = totalOf([candidate, stable]).map((n, i): BucketEvidence => {
    const x = candidate[i] ?? 0;
    const upperBound = upperBounds[i];
    const logMarginal = n > 0 ? logBeta(a + x, b + n - x) - logBeta(a, b) : 0;
    return { ...(upperBound === undefined ? {} : { upperBound }), x, n, logMarginal };
  });
  const [x, n] = [
    buckets.reduce((sum, one) => sum + one.x, 0),
    buckets.reduce((sum, one) => sum + one.n, 0),
  ];
  const marginal = buckets.reduce((sum, one) => sum + one.logMarginal, 0);
  return {
    ...(weight === undefined ? {} : { weight }),
    ...(n > 0 ? { exposure: x / n } : {}),
    x,
    n,
    buckets,
    logE: n > 0 ? marginal - logLikelihood(x, n, x / n) : 0,
    ...(weight !== undefined && weight > 0 && weight < 1
      ? { logEAtWeight: marginal - logLikelihood(x, n, weight) }
      : {}),
  };
}

/** 0·ln 0 is 0: a version that got all requests had a weight under which that is certain. */
const logLikelihood = (x: number, n: number, w: number): number =>
  (x > 0 ? x * Math.log(w) : 0) + (n > x ? (n - x) * Math.log1p(-w) : 0);

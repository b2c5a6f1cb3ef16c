import { quantileDifferenceLogE, quantileShares, type Standing } from '../sequence/index.js';
import { histogramQuantile } from './histogram-quantile.js';
import type { LatencyLook, LatencyMeasurements, LatencySettings } from './measurements.js';
import { totals } from './totals.js';

/** In milliseconds. */
export interface ArmEstimate {
  readonly requests: number;
  readonly estimate?: number;
}

/** The interval holds at all looks together with 1 − α; a missing end is no limit. */
export interface ArmQuantile extends ArmEstimate {
  readonly lower?: number;
  readonly upper?: number;
}

export interface QuantileEstimates {
  readonly quantile: number;
  readonly candidate: ArmEstimate;
  readonly stable: ArmEstimate;
  /** Estimate of the candidate by that of the stable version. */
  readonly ratio?: number;
}

export interface QuantileEvidence extends QuantileEstimates {
  readonly candidate: ArmQuantile;
  readonly stable: ArmQuantile;
  /** Always-valid, of "both have the same quantile"; at its largest over all latencies that these buckets may hold. */
  readonly pValue: number;
}

/**
 * The quantile of both versions, for reading; no verdict rests on it. Unlike the tests of counts, it
 * takes the requests of a version for independent draws, which bursts of slow requests are not.
 */
export function quantileEvidence(
  { upperBounds, looks }: LatencyMeasurements,
  settings: LatencySettings,
): QuantileEvidence {
  const { quantile, tOpt, alpha } = settings;
  const question = { p: quantile, tOpt, alphaOpt: alpha };
  const counts = totals(looks);
  const estimates = quantileEstimates(upperBounds, counts, quantile);
  const interval = (of: readonly number[]) => intervalOf(upperBounds, of, settings);
  const logE = quantileDifferenceLogE(
    zip(standings(counts.candidate), standings(counts.stable)),
    question,
  );
  return {
    ...estimates,
    candidate: { ...estimates.candidate, ...interval(counts.candidate) },
    stable: { ...estimates.stable, ...interval(counts.stable) },
    pValue: Math.min(1, Math.exp(-logE)),
  };
}

/** As they are counted, without how sure they are. */
export function quantileEstimates(
  upperBounds: readonly number[],
  counts: LatencyLook,
  quantile: number,
): QuantileEstimates {
  const arm = (of: readonly number[]): ArmEstimate => {
    const estimate = histogramQuantile(quantile, upperBounds, of);
    const requests = of.reduce((sum, count) => sum + count, 0);
    return { requests, ...(estimate === undefined ? {} : { estimate }) };
  };
  const [candidate, stable] = [arm(counts.candidate), arm(counts.stable)];
  const ratio = (candidate.estimate ?? 0) / (stable.estimate ?? 0);
  return { quantile, candidate, stable, ...(Number.isFinite(ratio) ? { ratio } : {}) };
}

function intervalOf(
  upperBounds: readonly number[],
  counts: readonly number[],
  { quantile, tOpt, alpha }: LatencySettings,
): Pick<ArmQuantile, 'lower' | 'upper'> {
  const arm = standings(counts);
  const requests = arm.at(-1)?.atMost ?? 0;
  const shares = quantileShares(requests, { p: quantile, tOpt, alphaOpt: alpha }, alpha);
  const first = (holds: (share: number) => boolean): number =>
    arm.findIndex(({ n, atMost }) => holds(atMost / n));
  const [low, high] = [shares.lower, shares.upper];
  const lower =
    low === undefined ? undefined : (upperBounds[first((share) => share > low) - 1] ?? 0);
  const upper = high === undefined ? undefined : upperBounds[first((share) => share >= high)];
  return {
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
  };
}

/** Where each bucket stands in its arm. */
function standings(counts: readonly number[]): readonly Standing[] {
  const n = counts.reduce((sum, count) => sum + count, 0);
  let atMost = 0;
  return counts.map((count) => {
    const below = atMost;
    atMost += count;
    return { n, below, atMost };
  });
}

const zip = (
  candidate: readonly Standing[],
  stable: readonly Standing[],
): readonly (readonly [Standing, Standing])[] =>
  candidate.flatMap((one, i) => {
    const other = stable[i];
    return other === undefined ? [] : [[one, other] as const];
  });

import type { BetaPrior } from '../counts/index.js';

/** Requests of both versions, by latency, since the look before: increments, never running totals. */
export interface LatencyLook {
  /** One count more than bounds: `[i]` took at most `upperBounds[i]` ms, the last took longer than all. */
  readonly candidate: readonly number[];
  readonly stable: readonly number[];
  /** The candidate's programmed share of requests, 0..1. */
  readonly weight?: number;
}

export interface LatencyMeasurements {
  /** Finite, ascending, in milliseconds; the same at all looks. */
  readonly upperBounds: readonly number[];
  /** In the order of time. Both versions over the same seconds; no look over a change of weight. */
  readonly looks: readonly LatencyLook[];
}

export interface LatencySettings {
  /** How often, at the most, a candidate that is no slower may fail; over all looks together. */
  readonly alpha: number;
  /** The quantile that is estimated and shown. Harm is looked for at every bound. */
  readonly quantile: number;
  /** Requests of each version below which a candidate does not pass. */
  readonly minRequests: number;
  /** The odds of being slower than a bound may be this many times the stable version's. */
  readonly maxRatio: number;
  /**
   * The candidate may be slower by this fraction of the latency. A histogram cannot tell less than a
   * bucket, so the candidate is held against the next bound that is at least so much higher.
   */
  readonly tolerance: number;
  /** Odds ratios that are looked for, as multiples of `maxRatio`; above 1. */
  readonly alternatives: readonly number[];
  /** Of the candidate's share of the requests of a bucket, for the test of equality. */
  readonly prior: BetaPrior;
  /** Requests of a version at which the interval of the quantile is tightest. */
  readonly tOpt: number;
}

export const defaultLatencySettings: LatencySettings = {
  alpha: 0.01,
  quantile: 0.99,
  minRequests: 100,
  maxRatio: 1,
  tolerance: 0,
  alternatives: [1.25, 1.5, 2, 3, 5, 10],
  prior: { a: 1, b: 1 },
  tOpt: 1000,
};

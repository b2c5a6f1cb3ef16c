import type { BetaPrior, Sides } from './log-e.js';

/** What one version was asked, and how often it failed. */
export interface ArmCounts {
  readonly requests: number;
  readonly errors: number;
}

/** What was counted since the look before: increments, never running totals. */
export interface CountLook {
  readonly candidate: ArmCounts;
  readonly stable: ArmCounts;
  /** The candidate's programmed share of requests, 0..1. Another weight begins another segment. */
  readonly weight?: number;
  /** Begins another segment where it changes, for instance with the generation of a routing. */
  readonly segment?: string | number;
}

export interface ErrorCountMeasurements {
  /** In the order of time. Both versions over the same seconds. */
  readonly looks: readonly CountLook[];
}

export interface ErrorCountSettings {
  /** How often, at the most, a candidate that is no worse may fail; over all looks together. */
  readonly alpha: number;
  readonly sides: Sides;
  /** The candidate's error rate may be this many times the stable version's. */
  readonly maxRatio: number;
  /**
   * Where the candidate's share of requests comes from: `observed`, counted per segment, or
   * `programmed`, the weight.
   */
  readonly exposure: 'observed' | 'programmed';
  readonly prior: BetaPrior;
  /** Requests of the candidate below which nothing is said. */
  readonly minRequests: number;
  /** Errors of both versions together below which nothing is said. */
  readonly minErrors: number;
  /** Passes only where the upper limit of the ratio of error rates is below the margin. */
  readonly nonInferiority?: { readonly margin: number };
}

export const defaultErrorCountSettings: ErrorCountSettings = {
  alpha: 0.01,
  sides: 'one',
  maxRatio: 1,
  exposure: 'observed',
  prior: { a: 1, b: 1 },
  minRequests: 1,
  minErrors: 0,
};

import type { Crossing, EProcess } from './e-process.js';
import type { BetaPrior, Sides } from './log-e.js';
import type { ArmCounts, ErrorCountSettings } from './measurements.js';

export interface ArmTotals extends ArmCounts {
  /** Errors by requests; absent without requests. */
  readonly rate?: number;
}

/**
 * The candidate's error rate by the stable version's. `lower` and `upper` belong to the two-sided
 * confidence sequence, the `OneSided` ones each to its own one-sided test; all hold at every look
 * with 1 − α. No upper limit: there is none. No estimate: the stable version made no error.
 */
export interface RateRatio {
  /** Most likely, given the errors and each segment's exposure. */
  readonly estimate?: number;
  /** Of all requests, segments not held apart. */
  readonly pooled?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly lowerOneSided?: number;
  readonly upperOneSided?: number;
  /** No one ratio fits all segments. */
  readonly isEmpty: boolean;
}

export interface CountSegment {
  readonly segment?: string | number;
  /** As programmed. */
  readonly weight?: number;
  /** The candidate's share of requests that p0 was made from; absent where nothing can be compared. */
  readonly exposure?: number;
  readonly p0?: number;
  readonly candidate: ArmCounts;
  readonly stable: ArmCounts;
  /** Errors of the candidate. */
  readonly x: number;
  /** Errors of both. */
  readonly n: number;
  readonly logE: number;
}

/** Running totals at a look. */
export interface CountLookEvidence {
  readonly x: number;
  readonly n: number;
  /** Errors of the candidate, of the n, where its rate is just what is allowed. */
  readonly expected: number;
  readonly logE: number;
}

export interface ErrorCountEvidence extends EProcess {
  readonly candidate: ArmTotals;
  readonly stable: ArmTotals;
  readonly ratio: RateRatio;
  readonly maxRatio: number;
  readonly sides: Sides;
  readonly exposure: ErrorCountSettings['exposure'];
  readonly prior: BetaPrior;
  /** The first look at which the candidate was worse than allowed. It stays. */
  readonly worse?: Crossing;
  /** Two-sided only: the first look at which it was better. */
  readonly better?: Crossing;
  readonly segments: readonly CountSegment[];
  readonly looks: readonly CountLookEvidence[];
}

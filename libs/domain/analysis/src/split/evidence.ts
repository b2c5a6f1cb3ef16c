import type { Crossing, EProcess } from '../counts/e-process.js';

export interface SplitArm {
  readonly name?: string;
  readonly requests: number;
  /** As programmed, 0..1. */
  readonly share: number;
  /** Requests that the share gives, of all. */
  readonly expected: number;
  /** Absent without requests. */
  readonly observedShare?: number;
  /** Of the observed share: a confidence sequence, holds at every look with 1 − α. */
  readonly lower?: number;
  readonly upper?: number;
}

export interface SplitEvidence extends EProcess {
  readonly cluster?: string;
  readonly requests: number;
  readonly arms: readonly SplitArm[];
  readonly concentration: readonly number[];
  readonly tolerance: number;
  /** The first look at which E reached the threshold. It stays. */
  readonly crossing?: Crossing;
  readonly looks: readonly SplitLookEvidence[];
}

/** Running totals at a look. */
export interface SplitLookEvidence {
  readonly counts: readonly number[];
  readonly logE: number;
}

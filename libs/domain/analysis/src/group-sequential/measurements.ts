import type { ArmCounts } from '../counts/index.js';
import type { SequentialDesign } from './bounds.js';

/** A mean with what it was made from. */
export interface MeanSample {
  readonly n: number;
  readonly mean: number;
  /** Of the values, not of the mean; with n − 1. */
  readonly variance: number;
}

/** How much was known at a look. The first that is there counts; see `GroupSequentialSettings`. */
export interface Progress {
  /** Share of the planned information, 0..1, and above 1 beyond the plan. */
  readonly fraction?: number;
  /** In the unit of `plannedInformation`. */
  readonly information?: number;
  /** Values of both versions. */
  readonly n?: number;
}

/** What a look compares, of everything since the beginning; never of what is new alone. */
export type Compared =
  | { readonly z: number }
  | { readonly candidate: MeanSample; readonly stable: MeanSample }
  | { readonly candidate: ArmCounts; readonly stable: ArmCounts };

export type SequentialLook = Progress & Compared;

export interface GroupSequentialMeasurements {
  /** In the order of time. */
  readonly looks: readonly SequentialLook[];
}

/**
 * The plan of a test with a bounded number of looks. One of `plannedInformation`, `maxLooks` and
 * the looks' own `fraction` must be there:
 * the fraction of a look is its `fraction`, or its `information` (or `n`, or the n of both
 * versions) by `plannedInformation`, or its number by `maxLooks`.
 */
export interface GroupSequentialSettings extends SequentialDesign {
  /** Which difference of candidate to stable is harm. `either` is always two-sided. */
  readonly direction: 'increase' | 'decrease' | 'either';
  /** All looks that there will be. The last one spends what is left of α, whatever its fraction. */
  readonly maxLooks?: number;
  /**
   * Information at the planned end. Values of both versions do as long as the weight stays; where
   * it changes, give the looks `information` n·m / (n + m) and plan in the same unit.
   */
  readonly plannedInformation?: number;
}

export const defaultGroupSequentialSettings: GroupSequentialSettings = {
  alpha: 0.01,
  sides: 1,
  spending: 'obrienFleming',
  rho: 2,
  direction: 'increase',
};

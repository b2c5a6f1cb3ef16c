import type { Autocorrelation } from './autocorrelation.js';
import type { ShiftInterval } from './interval.js';
import type { PValues } from './null-distribution.js';
import type { MannWhitneySettings } from './settings.js';

export interface GaugeArm {
  /** Points that were compared. */
  readonly n: number;
  /** Points without a number; with `zero` they are among those compared. */
  readonly missing: number;
  readonly mean?: number;
  readonly median?: number;
  readonly min?: number;
  readonly max?: number;
}

/** Absent as a whole where a version has no points. */
export interface RankComparison {
  /** Pairs in which the candidate is higher, ties half: R's W, Mann and Whitney's U. */
  readonly W: number;
  /** Of W, corrected for ties; with `thin` also for autocorrelation. */
  readonly sigma: number;
  /** Two-sided, with continuity correction. */
  readonly z: number;
  /** Those that decide: exact where they exist; with `thin` from the larger sigma. */
  readonly pGreater: number;
  readonly pLess: number;
  readonly pTwoSided: number;
  readonly pMethod: ShiftInterval['method'];
  /** The smaller one of the directions that are harm. It is held against `alpha`. */
  readonly pHarm: number;
  /** Below 50 points a version and without ties. */
  readonly pExact?: PValues;
  /** Tie- and continuity-corrected normal, as if all points were independent. */
  readonly pAsymptotic: PValues;
  /** Median of all differences candidate − stable. */
  readonly hodgesLehmann: number;
  /** k from the exact null below 50 points a version (as if without ties), else as `normalInterval`. */
  readonly interval: ShiftInterval;
  readonly normalInterval: ShiftInterval;
  /** P(candidate > stable) + ½ P(equal). */
  readonly cles: number;
  /** Mean of the candidate by that of stable; absent where that is 0. */
  readonly meanRatio?: number;
  readonly ties: {
    readonly groups: number;
    readonly values: number;
    /** Σ (t³ − t). */
    readonly sum: number;
  };
  /** With `thin`. */
  readonly autocorrelation?: Autocorrelation;
}

export interface MannWhitneyEvidence extends Partial<RankComparison>, MannWhitneySettings {
  readonly candidate: GaugeArm;
  readonly stable: GaugeArm;
  /** (1 − confidence) / 2: what a one-sided p is held against. */
  readonly alpha: number;
}

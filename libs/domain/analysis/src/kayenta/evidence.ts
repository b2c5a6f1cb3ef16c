import type { KayentaInterval } from './wilcoxon.js';

export type KayentaClass = 'Pass' | 'High' | 'Low' | 'Nodata' | 'NodataFailMetric' | 'Error';

/** An arm after missing values and outliers were treated. Percentiles are R's type 7. */
export interface KayentaArm {
  readonly n: number;
  /** What was not a number. */
  readonly missing: number;
  readonly outliers: readonly number[];
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly sd?: number;
  readonly p1?: number;
  readonly p5?: number;
  readonly p25?: number;
  readonly p50?: number;
  readonly p75?: number;
  readonly p90?: number;
  readonly p95?: number;
  readonly p99?: number;
}

/** What a class was read from; absent where no test was made. */
export interface KayentaComparison extends KayentaInterval {
  /** tolerance · |HL|: L must be above it, or U below its negative. */
  readonly band: number;
  /** Absent where a mean is 0. */
  readonly meanRatio?: number;
  readonly cles: number;
  readonly cohenD?: number;
  /** The measure that is held against the allowed change; absent where it is not defined. */
  readonly effect?: number;
  /** Both arms were constant, so noise was added before they were compared. */
  readonly noise: boolean;
}

export interface KayentaClassification {
  readonly class: KayentaClass;
  /** The metric alone takes the score to 0. */
  readonly critical: boolean;
  /** Why no test was made, where none was. */
  readonly reason?: string;
  /** Kayenta's `ratio` of a result: `meanRatio`, or 1 where no test was made. Absent where it is NaN. */
  readonly deviation?: number;
}

export interface KayentaEvidence extends KayentaClassification, Partial<KayentaComparison> {
  readonly candidate: KayentaArm;
  readonly stable: KayentaArm;
  readonly tolerance: number;
  readonly confLevel: number;
  readonly muted: boolean;
}

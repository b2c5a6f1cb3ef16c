import type { EqualityEvidence } from './equality.js';
import type { QuantileEstimates, QuantileEvidence } from './quantile-evidence.js';
import type { BoundaryEvidence } from './boundary-evidence.js';

/** What decides, and the quantiles as they are counted. */
export interface LatencyCourse {
  readonly candidate: { readonly requests: number };
  readonly stable: { readonly requests: number };
  /** Of "nowhere slower than it may be": the mean over `boundaries`. Decides. */
  readonly logE: number;
  /** Absent where it is too large for a number. */
  readonly eValue?: number;
  readonly maxLogE: number;
  /** Always valid: the least of 1/E over all looks, 1 at the most. */
  readonly pValue: number;
  readonly alpha: number;
  /** 1/α: where E reaches it, "nowhere slower" is rejected. */
  readonly threshold: number;
  readonly maxRatio: number;
  readonly tolerance: number;
  readonly alternatives: readonly number[];
  /** The first look at which harm was shown, from 1. It stays. */
  readonly crossing?: { readonly look: number; readonly logE: number };
  readonly boundaries: readonly BoundaryEvidence[];
  /** After each look. */
  readonly looks: readonly { readonly logE: number }[];
  readonly quantile: QuantileEstimates;
}

export interface LatencyEvidence extends LatencyCourse {
  readonly quantile: QuantileEvidence;
  /** Difference of any kind, also where the candidate is faster. Decides nothing. */
  readonly equality: EqualityEvidence;
}

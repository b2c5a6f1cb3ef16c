import type { NullDistribution } from './null-distribution.js';
import { differenceAt } from './pairwise-difference.js';

/** For how much the candidate is shifted: the k-th smallest to the k-th largest difference. */
export interface ShiftInterval {
  readonly low: number;
  readonly high: number;
  readonly k: number;
  /** At least what was asked for, except with so few values that k = 1 is all there is. */
  readonly confidence: number;
  readonly method: 'exact' | 'normal' | 'autocorrelated';
}

/** A tail that equals α but for rounding is not below it. R's `qwilcox` has the same slack. */
const slack = 10 * Number.EPSILON;

/** The largest k with P(U ≤ k − 1) < α; 1 if there is none. */
export function rankForTail({ atMost, pairs }: NullDistribution, alpha: number): number {
  let [low, high] = [1, Math.max(1, Math.ceil(pairs / 2))];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (atMost(middle - 1) < alpha - slack) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Shifts that a test at `alpha` on each side would not reject; x and y ascending. */
export function shiftInterval(
  x: Float64Array,
  y: Float64Array,
  distribution: NullDistribution,
  { alpha, method }: { readonly alpha: number; readonly method: ShiftInterval['method'] },
): ShiftInterval {
  const k = rankForTail(distribution, alpha);
  return {
    low: differenceAt(x, y, k),
    high: differenceAt(x, y, distribution.pairs + 1 - k),
    k,
    confidence: Math.max(0, 1 - 2 * distribution.atMost(k - 1)),
    method,
  };
}

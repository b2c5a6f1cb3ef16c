import { logSum } from './log-sum.js';
import { sharesOf } from './weights.js';

/**
 * ln of the average of e-values: an e-value whatever they have to do with each other, so the way to
 * put clusters together that share traffic or a cause. No e-values are no evidence: 0.
 */
export function averageE(logEs: readonly number[], weights?: readonly number[]): number {
  if (logEs.length === 0) return 0;
  const shares = sharesOf(logEs.length, weights);
  return logSum(logEs.flatMap((logE, i) => termOf(logE, shares[i] ?? 0)));
}

/** A value without weight takes no part, not even one that is infinite. */
const termOf = (logE: number, share: number): readonly number[] =>
  share === 0 ? [] : [logE + Math.log(share)];

/** ln of the product: an e-value only where they are independent, or each is one given the others. */
export const productE = (logEs: readonly number[]): number =>
  logEs.reduce((sum, logE) => sum + logE, 0);

/** The p-value that an e-value stands for: 1/E, 1 at the most. */
export const pFromLogE = (logE: number): number => Math.min(1, Math.exp(-logE));

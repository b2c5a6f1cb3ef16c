import { sharesOf } from './weights.js';

/** What a procedure says of each p-value, in the order in which they were given. */
export interface AdjustedP {
  /** Rejected where it is α or less. */
  readonly adjusted: readonly number[];
  readonly rejected: readonly boolean[];
}

const decide = (adjusted: readonly number[], alpha: number): AdjustedP => ({
  adjusted,
  rejected: adjusted.map((p) => p <= alpha),
});

/** Each p-value against its share of α. Holm's procedure rejects the same and more. */
export function bonferroni(
  ps: readonly number[],
  alpha: number,
  weights?: readonly number[],
): AdjustedP {
  const shares = sharesOf(ps.length, weights);
  return decide(
    ps.map((p, i) => scaled(p, shares[i] ?? 0, 1)),
    alpha,
  );
}

/**
 * Holm's procedure: with probability 1 − α no true hypothesis is rejected, however the p-values
 * depend on each other. What is rejected hands its share of α on to the others, by their weights.
 */
export function holm(ps: readonly number[], alpha: number, weights?: readonly number[]): AdjustedP {
  const shares = sharesOf(ps.length, weights);
  const order = ps
    .map((p, i) => ({ i, p, share: shares[i] ?? 0 }))
    .toSorted((a, b) => scaled(a.p, a.share, 1) - scaled(b.p, b.share, 1));
  const adjusted = ps.map(() => 1);
  let largest = 0;
  for (const [k, { i, p, share }] of order.entries()) {
    const open = order.slice(k).reduce((sum, rest) => sum + rest.share, 0);
    largest = Math.max(largest, scaled(p, share, open));
    adjusted[i] = largest;
  }
  return decide(adjusted, alpha);
}

/** p · open / share, 1 at the most; without a share nothing is ever rejected. */
const scaled = (p: number, share: number, open: number): number =>
  share === 0 ? 1 : Math.min(1, (p * open) / share);

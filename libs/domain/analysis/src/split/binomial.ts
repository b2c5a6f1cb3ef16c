import { betaCdf, betaSurvival } from '../special-functions.js';

/** P(X ≤ k) for X ~ Binomial(n, p): the chance that the (k+1)th least of n uniform numbers is above p. */
export function lowerTail(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : betaSurvival(p, k + 1, n - k);
}

/** P(X ≥ k). */
export function upperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  return k > n ? 0 : betaCdf(p, k, n - k + 1);
}

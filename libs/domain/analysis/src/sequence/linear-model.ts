/**
 * Radii, in standard errors, of anytime-valid intervals for a coefficient of a linear model (Lindon,
 * Ham, Tingley, Bojinov 2022, arXiv 2210.08589). `g` is the precision of the prior of the coefficient,
 * in observations; intervals are tightest at about n = g·(2 ln(1/α) + ln(1 + 2 ln(1/α))).
 */

/** Known variance: √((g + n)/n · ln((g + n)/(g α²))). */
export const zRadius = (g: number, n: number, alpha: number): number =>
  Math.sqrt(((g + n) / n) * Math.log((g + n) / (g * alpha * alpha)));

/** Estimated variance, `coefficients` of the model counted with its constant. Infinite for too few observations. */
export function tRadius(g: number, n: number, coefficients: number, alpha: number): number {
  const freedom = n - coefficients;
  if (freedom <= 0) return Infinity;
  const r = g / (g + n);
  const root = (r * alpha * alpha) ** (1 / (freedom + 1));
  return root > r ? Math.sqrt((freedom * (1 - root)) / (root - r)) : Infinity;
}

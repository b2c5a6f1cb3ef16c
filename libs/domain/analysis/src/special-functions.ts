import betainc from '@stdlib/math-base-special-betainc';
import betaln from '@stdlib/math-base-special-betaln';
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaln from '@stdlib/math-base-special-gammaln';
import normalCdfOf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';

/**
 * The special functions that judging needs, from stdlib: the only npm package of the domain
 * (docs/adr/0017-special-functions-from-stdlib.md). `special-functions.test.ts` compares
 * with values computed with fifty digits, and prints how far each is off with `PRINT_ERRORS=1`.
 */

/** ln Γ(x), x > 0. */
export const logGamma = (x: number): number => gammaln(x);

/** ln B(a, b), a and b > 0. */
export const logBeta = (a: number, b: number): number => betaln(a, b);

/** I_x(a, b) = P(X ≤ x) for X ~ Beta(a, b). */
export const betaCdf = (x: number, a: number, b: number): number => betainc(x, a, b, true, false);

/** 1 − I_x(a, b), exact in the tail where the difference would be nothing but rounding. */
export const betaSurvival = (x: number, a: number, b: number): number =>
  betainc(x, a, b, true, true);

/** P(a, x) = γ(a, x) / Γ(a). */
export const gammaCdf = (x: number, a: number): number =>
  isLateSeries(x, a) ? 1 - gammaSurvival(x, a) : gammainc(x, a, true, false);

/**
 * 1 − P(a, x).
 *
 * For large x stdlib 0.3.1 sums a series that belongs to a + 1 (`tgammaILargeX` starts with a / x
 * for (a − 1) / x) and is off by as much as a hundredth. So the series of a is the one that it sums
 * for a − 1, and x / (a − 1) puts the factor before it right.
 */
export const gammaSurvival = (x: number, a: number): number =>
  isLateSeries(x, a) ? (gammainc(x, a - 1, true, true) * x) / (a - 1) : gammainc(x, a, true, true);

/** Where stdlib takes that series for a − 1. With a below 50 what is left is 0 anyhow. */
const isLateSeries = (x: number, a: number): boolean => x > 1_000 && a > 50 && a - 1 < x + 50;

/** Φ(z). */
export const normalCdf = (z: number): number => normalCdfOf(z, 0, 1);

/** Below it stdlib, which asks for 2p − 1, loses digits, and all of them below 1e-17. */
const smallestQuantile = 1e-4;

/** Φ⁻¹(p), 0 < p < 1. In the lower tail by Newton's method on ln Φ, which is nearly a parabola there. */
export function normalQuantile(p: number): number {
  if (p >= smallestQuantile || p <= 0) return normalQuantileOf(p, 0, 1);
  let z = -Math.sqrt(-2 * Math.log(p));
  for (let step = 0; step < 8; step += 1) {
    const cdf = normalCdf(z);
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    z -= (Math.log(cdf / p) * cdf) / density;
  }
  return z;
}

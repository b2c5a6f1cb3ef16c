import betainc from '@stdlib/math-base-special-betainc';
import betaln from '@stdlib/math-base-special-betaln';
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaln from '@stdlib/math-base-special-gammaln';
import normalCdfOf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';

/**
 * The special functions that judging needs, from stdlib: the only npm package of the domain
 * (docs/adr/0017-special-functions-from-stdlib.md). `special-functions.test.ts` prints how far
 * each is from values computed with fifty digits.
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
export const gammaCdf = (x: number, a: number): number => gammainc(x, a, true, false);

/** 1 − P(a, x). */
export const gammaSurvival = (x: number, a: number): number => gammainc(x, a, true, true);

/** Φ(z). */
export const normalCdf = (z: number): number => normalCdfOf(z, 0, 1);

/** Φ⁻¹(p), 0 < p < 1. */
export const normalQuantile = (p: number): number => normalQuantileOf(p, 0, 1);

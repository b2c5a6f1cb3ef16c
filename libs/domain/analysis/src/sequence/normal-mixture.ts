import { normalCdf } from '../special-functions.js';
import { mixtureBound, type Mixture, type Tuning } from './mixture.js';

/** Sums whose increments have tails no heavier than normal ones of the same variance. */

/**
 * ρ at which the two-sided bound at `v` is about least: v/(2 ln(1/α) + ln(1 + 2 ln(1/α))).
 *
 * @example bestRho({ v: 100, alpha: 0.05 }) // 12.60056
 */
export function bestRho({ v, alpha }: Tuning): number {
  const log = 2 * Math.log(1 / alpha);
  return v / (log + Math.log1p(log));
}

/** The same for the one-sided mixture: a one-sided bound at α is about a two-sided one at 2α. */
export const bestRhoOneSided = ({ v, alpha }: Tuning): number => bestRho({ v, alpha: 2 * alpha });

/** Shifts of both directions, normal with variance 1/ρ. */
export const twoSidedNormal = (rho: number): Mixture => ({
  logE: (s, v) => 0.5 * Math.log(rho / (v + rho)) + (s * s) / (2 * (v + rho)),
});

/** Upward shifts alone: the upper half of the same normal distribution. */
export const oneSidedNormal = (rho: number): Mixture => ({
  logE: (s, v) => {
    const z = s / Math.sqrt(v + rho);
    return 0.5 * Math.log((4 * rho) / (v + rho)) + logHalf(z);
  },
});

/** √((v + ρ)(ln(1 + v/ρ) + 2 ln(1/α))): where the two-sided mixture rejects. */
export const twoSidedNormalBound = (v: number, alpha: number, rho: number): number =>
  Math.sqrt((v + rho) * (Math.log1p(v / rho) + 2 * Math.log(1 / alpha)));

export const oneSidedNormalBound = (v: number, alpha: number, rho: number): number =>
  mixtureBound(oneSidedNormal(rho), v, alpha);

/** Beyond it Φ is too small for a number. */
const farBelow = -30;

/**
 * z²/2 + ln Φ(z). Far below zero both are huge and only their difference is a number: Φ(z) is the
 * density by −z, less terms that fall as 1/z² (Mills' ratio), of which five are below rounding here.
 */
function logHalf(z: number): number {
  if (z > farBelow) return (z * z) / 2 + Math.log(normalCdf(z));
  const w = 1 / (z * z);
  const series = -w * (1 - 3 * w * (1 - 5 * w * (1 - 7 * w)));
  return Math.log1p(series) - Math.log(-z) - 0.5 * Math.log(2 * Math.PI);
}

import { bestRho } from './normal-mixture.js';

/**
 * Confidence sequence for a mean by the central limit theorem (Waudby-Smith, Arbour, Sinha, Kennedy,
 * Ramdas 2024, arXiv 2103.06476). It is the normal mixture with the standard deviation estimated at
 * each look, and holds as closely as means of so many observations are normal.
 */

/** ρ at which the sequence is tightest at time `t`. */
export const asymptoticRho = (t: number, alpha: number): number =>
  1 / Math.sqrt(bestRho({ v: t, alpha }));

/** σ·√( 2(tρ² + 1)/(t²ρ²) · ln(√(tρ² + 1)/α) ). */
export function asymptoticHalfWidth({
  t,
  sigma,
  rho,
  alpha,
}: {
  readonly t: number;
  readonly sigma: number;
  readonly rho: number;
  readonly alpha: number;
}): number {
  const scaled = t * rho * rho;
  return (
    sigma *
    Math.sqrt(((2 * (scaled + 1)) / (t * scaled)) * (Math.log1p(scaled) / 2 + Math.log(1 / alpha)))
  );
}

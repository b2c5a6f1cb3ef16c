/**
 * Mixture sequential probability ratio test of a difference of means (Johari, Pekelis, Walsh 2015,
 * arXiv 1512.04922): `variance` V is that of the difference, the shift under the alternative is
 * normal with variance τ².
 */
export interface MsprtPrior {
  readonly variance: number;
  readonly tauSquared: number;
}

/**
 * ln Λ = ½ ln(V/(V + τ²)) + τ²δ²/(2V(V + τ²)), written in τ²/V so that no unit is too small or large.
 *
 * @example msprtLogLambda({ difference: 0.5, variance: 0.02, tauSquared: 0.01 }) // 1.880601
 */
export function msprtLogLambda({
  difference,
  variance,
  tauSquared,
}: MsprtPrior & { readonly difference: number }): number {
  const ratio = tauSquared / variance;
  const z = difference / Math.sqrt(variance);
  return ((ratio / (1 + ratio)) * z * z) / 2 - Math.log1p(ratio) / 2;
}

/** √( V(V + τ²)/τ² · ln((V + τ²)/(Vα²)) ): Λ ≥ 1/α just where 0 is further than this from δ. */
export function msprtHalfWidth({
  variance,
  tauSquared,
  alpha,
}: MsprtPrior & { readonly alpha: number }): number {
  const ratio = tauSquared / variance;
  return Math.sqrt(variance * (1 + 1 / ratio) * (Math.log1p(ratio) + 2 * Math.log(1 / alpha)));
}

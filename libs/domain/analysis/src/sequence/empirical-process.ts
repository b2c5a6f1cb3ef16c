import { leastBetween, rootBetween } from './root.js';

/**
 * How far an empirical distribution function may be from the true one, over all values and all times
 * t ≥ `tMin` at once, with probability 1 − α (Howard & Ramdas 2022, theorem 2, arXiv 1906.09712).
 * Infinite before. `A` above 1/√2 trades early against late tightness.
 *
 * @example empiricalProcessLilBound({ t: 1000, alpha: 0.05, tMin: 100, A: 0.85 }) // 0.08204769
 */
export function empiricalProcessLilBound({
  t,
  alpha,
  tMin,
  A = 0.85,
}: {
  readonly t: number;
  readonly alpha: number;
  readonly tMin: number;
  readonly A?: number;
}): number {
  if (t < tMin) return Infinity;
  return A * Math.sqrt((Math.log1p(Math.log(t / tMin)) + leastConstant(alpha, A)) / t);
}

/** The least C for which some spacing η of epochs keeps the crossing probability at α. */
function leastConstant(alpha: number, A: number): number {
  const spare = (C: number): number => alpha - leastCrossing(C, A);
  let above = 1;
  while (spare(above) < 0) above *= 2;
  return rootBetween(spare, above / 2, above);
}

function leastCrossing(C: number, A: number): number {
  const gamma = (eta: number): number => A - Math.sqrt((2 * (eta - 1)) / C);
  const crossing = (eta: number): number => {
    const gammaSquared = (2 / eta) * gamma(eta) ** 2;
    if (gammaSquared <= 1 || eta <= 1) return Infinity;
    return 4 * Math.exp(-gammaSquared * C) * (1 + 1 / ((gammaSquared - 1) * Math.log(eta)));
  };
  const widest = rootBetween((eta) => Math.sqrt(eta / 2) - gamma(eta), 1, 2 * A * A);
  return crossing(leastBetween(crossing, 1, widest));
}

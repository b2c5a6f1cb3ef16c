/** z of Mann and Whitney's U as if all points were independent. Gauges of the bench have no ties. */
export function rankZ(candidate: readonly number[], stable: readonly number[]): number {
  const [m, n] = [candidate.length, stable.length];
  const x = Float64Array.from(candidate).sort();
  const y = Float64Array.from(stable).sort();
  let [u, below] = [0, 0];
  for (const value of x) {
    while (below < n && (y[below] ?? Infinity) < value) below += 1;
    u += below;
  }
  return (u - (m * n) / 2 - 0.5) / Math.sqrt((m * n * (m + n + 1)) / 12);
}

/** Below P(Z > z), and near it; for z above 0. */
const leastTail = (z: number): number =>
  (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * (z / (1 + z * z));

/** Of three clusters, four steps and the shares of looks; each makes the p-value larger. */
const leastCost = (look: number): number => (12 * Math.PI ** 2 * look ** 2) / 6;

/**
 * Whether ranks are so alike that no policy of the bench would call it harm. The judge itself costs a
 * hundred times more, and what it corrects for (autocorrelation, few points) only makes p larger.
 */
export function isFarFromHarm(
  candidate: readonly number[],
  stable: readonly number[],
  { look, alpha }: { readonly look: number; readonly alpha: number },
): boolean {
  const z = rankZ(candidate, stable);
  return z < 1 || leastTail(z) * leastCost(look) > alpha;
}

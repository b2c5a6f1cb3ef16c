/**
 * The estimate of Prometheus' `histogram_quantile`: linear within the bucket that holds the rank,
 * from 0 in the first; the highest bound where the rank lies above all. `undefined` without requests.
 */
export function histogramQuantile(
  quantile: number,
  upperBounds: readonly number[],
  counts: readonly number[],
): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!(total > 0)) return undefined;
  const rank = quantile * total;
  let below = 0;
  for (const [i, upper] of upperBounds.entries()) {
    const inside = counts[i] ?? 0;
    if (inside > 0 && below + inside >= rank) {
      const lower = upperBounds[i - 1] ?? Math.min(0, upper);
      return lower + ((upper - lower) * (rank - below)) / inside;
    }
    below += inside;
  }
  return upperBounds.at(-1);
}

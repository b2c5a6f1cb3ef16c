/** Arithmetic mean in two passes: the second adds what rounding took from the first. */
export function mean(values: readonly number[]): number {
  const first = values.reduce((sum, value) => sum + value, 0) / values.length;
  return first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
}

/** Σ (x − mean)² / (n − less), n the number of values. */
function variance(values: readonly number[], less: 0 | 1): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return values.length > less ? squares / (values.length - less) : 0;
}

/** Sample standard deviation; 0 for one value. */
export const standardDeviation = (values: readonly number[]): number =>
  Math.sqrt(variance(values, 1));

export const populationDeviation = (values: readonly number[]): number =>
  Math.sqrt(variance(values, 0));

/** R's type 7, linear between the order statistics; ascending values, `percent` from 0 to 100. */
export function percentile(sorted: Float64Array, percent: number): number {
  const position = 1 + (sorted.length - 1) * (percent / 100);
  const below = sorted[Math.floor(position) - 1] ?? 0;
  const above = sorted[Math.floor(position)] ?? below;
  return below + (position - Math.floor(position)) * (above - below);
}

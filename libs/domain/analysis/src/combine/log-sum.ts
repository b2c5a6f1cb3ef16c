/** ln Σ exp(valuesᵢ), without overflow. −∞ for no values. */
export function logSum(values: readonly number[]): number {
  const high = values.reduce((largest, value) => Math.max(largest, value), -Infinity);
  if (!Number.isFinite(high)) return high;
  return high + Math.log(values.reduce((sum, value) => sum + Math.exp(value - high), 0));
}

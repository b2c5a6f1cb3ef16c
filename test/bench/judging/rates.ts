/** 95 %. */
const z = 1.959_964;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's interval of a share: `count` of `n`. */
export function wilson(count: number, n: number): Interval {
  const share = count / n;
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half =
    (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Those that were never found come last. */
export const sorted = (found: readonly (number | null)[]): readonly number[] =>
  found.map((one) => one ?? Infinity).toSorted((a, b) => a - b);

export const quantile = (values: readonly number[], share: number): number =>
  values[Math.min(values.length - 1, Math.max(0, Math.ceil(share * values.length) - 1))] ?? NaN;

/**
 * Where a quantile that somebody found in `n` simulations may lie, if his and these are of the same
 * kind: how many fall below it is binomial in both.
 */
export function noiseOf(values: readonly number[], share: number, n: number): Interval {
  const half = z * Math.sqrt(share * (1 - share) * (1 / n + 1 / values.length));
  return { low: quantile(values, share - half), high: quantile(values, share + half) };
}

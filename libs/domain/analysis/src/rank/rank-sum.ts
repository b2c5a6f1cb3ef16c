/** Rank sum of the first arm among both, with average ranks where values are equal. */
export interface RankSum {
  readonly rankSum: number;
  /** Σ (t³ − t) over groups of t equal values: what ties take from the variance. */
  readonly tieSum: number;
  /** Groups of equal values, and how many values are in one. */
  readonly tiedGroups: number;
  readonly tiedValues: number;
}

export const ascending = (values: Iterable<number>): Float64Array =>
  Float64Array.from(values).sort();

/** End of the run of `value` that starts at `from`. */
function endOfRun(sorted: Float64Array, from: number, shift: number, value: number): number {
  let end = from;
  while (end < sorted.length && (sorted[end] ?? 0) - shift === value) end += 1;
  return end;
}

/**
 * Ranks `x − shift` among `y`; both ascending.
 *
 * Subtracting a number does not change an order, so whoever asks for many shifts sorts once and
 * merges from then on. What counts as equal is decided by the difference as it is rounded.
 */
export function rankSums(x: Float64Array, y: Float64Array, shift = 0): RankSum {
  let [rankSum, tieSum, tiedGroups, tiedValues] = [0, 0, 0, 0];
  let [i, j] = [0, 0];
  while (i < x.length || j < y.length) {
    const value = Math.min((x[i] ?? Infinity) - shift, y[j] ?? Infinity);
    const [nextI, nextJ] = [endOfRun(x, i, shift, value), endOfRun(y, j, 0, value)];
    const size = nextI - i + nextJ - j;
    rankSum += (nextI - i) * (i + j + (size + 1) / 2);
    if (size > 1) {
      tieSum += size ** 3 - size;
      tiedGroups += 1;
      tiedValues += size;
    }
    [i, j] = [nextI, nextJ];
  }
  return { rankSum, tieSum, tiedGroups, tiedValues };
}

/** Standard deviation of the statistic under no difference, corrected for ties. */
export function tieCorrectedSigma(m: number, n: number, tieSum: number): number {
  const all = m + n;
  return Math.sqrt(Math.max(0, ((m * n) / 12) * (all + 1 - tieSum / (all * (all - 1)))));
}

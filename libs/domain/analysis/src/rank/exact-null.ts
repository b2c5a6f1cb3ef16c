/**
 * In how many of the orders of m + n different values the statistic is u, for each u from 0 to mn.
 *
 * The largest value is of either arm: if of the candidate, it beats all stable ones and the rest
 * must give u − j. Only sums of counts, so nothing cancels and a tail of 1e-28 is still right.
 */
function countsOfOrders(m: number, n: number): Float64Array {
  const rows = Array.from({ length: m + 1 }, (_, i) => new Float64Array(i * n + 1).fill(1, 0, 1));
  for (let j = 1; j <= n; j += 1) {
    for (let i = 1; i <= m; i += 1) {
      const [row, fewer] = [rows[i] ?? [], rows[i - 1] ?? []];
      for (let u = i * j; u >= j; u -= 1) row[u] = (row[u] ?? 0) + (fewer[u - j] ?? 0);
    }
  }
  return rows[m] ?? new Float64Array(1);
}

/** P(U ≤ u) for integers u, as if no two values were equal. */
export function exactLowerTail(m: number, n: number): (u: number) => number {
  // The same additions whichever arm is which, so that swapping arms swaps p-values to the last digit.
  const counts = countsOfOrders(Math.min(m, n), Math.max(m, n));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const tails: number[] = [];
  let below = 0;
  for (const count of counts) tails.push((below += count) / total);
  return (u) => (u < 0 ? 0 : (tails[u] ?? 1));
}

/** From here on the normal approximation is as good; R's `wilcox.test` draws the same line. */
const manySamples = 50;

export const hasExactNull = (m: number, n: number): boolean => m < manySamples && n < manySamples;

const lowestBits = -(2n ** 63n);

/**
 * Finite doubles have as many steps between them as the integers that their bits spell.
 * Halving that distance ends after 64 steps wherever the values lie; halving the values would not.
 */
function doublesInOrder() {
  const double = new Float64Array(1);
  const bits = new BigInt64Array(double.buffer);
  return {
    ordinalOf(value: number): bigint {
      double[0] = value;
      const spelt = bits[0] ?? 0n;
      return spelt < 0n ? lowestBits - spelt : spelt;
    },
    valueOf(ordinal: bigint): number {
      bits[0] = ordinal < 0n ? lowestBits - ordinal : ordinal;
      return double[0] ?? 0;
    },
  };
}

/** How many differences `x[i] − y[j]` are at most `limit`; one walk along the staircase. */
function countAtMost(x: Float64Array, y: Float64Array, limit: number): number {
  let [count, j] = [0, 0];
  for (const value of x) {
    while (j < y.length && value - (y[j] ?? 0) > limit) j += 1;
    if (j === y.length) break;
    count += y.length - j;
  }
  return count;
}

/**
 * The k-th smallest (from 1) of the m·n differences `x[i] − y[j]`; both ascending.
 *
 * The differences are never listed: the answer is the smallest number that k of them do not
 * exceed, found by bisection over all doubles in 64 walks, that is in O(m + n).
 */
export function differenceAt(x: Float64Array, y: Float64Array, k: number): number {
  const doubles = doublesInOrder();
  let low = doubles.ordinalOf((x[0] ?? 0) - (y.at(-1) ?? 0));
  let high = doubles.ordinalOf((x.at(-1) ?? 0) - (y[0] ?? 0));
  while (low < high) {
    const middle = (low + high) >> 1n;
    if (countAtMost(x, y, doubles.valueOf(middle)) >= k) high = middle;
    else low = middle + 1n;
  }
  return doubles.valueOf(low) + 0;
}

/** The smallest difference above `limit`; there must be one. */
function differenceAbove(x: Float64Array, y: Float64Array, limit: number): number {
  let [next, j] = [Infinity, 0];
  for (const value of x) {
    while (j < y.length && value - (y[j] ?? 0) > limit) j += 1;
    if (j > 0) next = Math.min(next, value - (y[j - 1] ?? 0));
  }
  return next;
}

/** Hodges and Lehmann's estimate of the shift: the median of all differences. */
export function medianDifference(x: Float64Array, y: Float64Array): number {
  const pairs = x.length * y.length;
  const low = differenceAt(x, y, Math.ceil(pairs / 2));
  if (pairs % 2 === 1 || countAtMost(x, y, low) > pairs / 2) return low;
  return (low + differenceAbove(x, y, low)) / 2;
}

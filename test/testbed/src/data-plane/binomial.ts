/**
 * The counts that are not surprising: with probability `confidence` at least, `n`
 * requests that each go to a version with probability `p` give it a count in
 * [`low`, `high`], both included. Exact: each tail has at most half of what is left.
 */
export function binomialInterval(
  n: number,
  p: number,
  confidence = 0.999,
): { readonly low: number; readonly high: number } {
  if (p <= 0 || p >= 1) return { low: p <= 0 ? 0 : n, high: p <= 0 ? 0 : n };
  const tail = (1 - confidence) / 2;
  const high = n - lowerBound(n, 1 - p, tail);
  return { low: lowerBound(n, p, tail), high };
}

/** The smallest count below which there is no more than `tail`. */
function lowerBound(n: number, p: number, tail: number): number {
  let below = 0;
  for (let count = 0; count <= n; count += 1) {
    below += Math.exp(logProbability(n, p, count));
    if (below > tail) return count;
  }
  return n;
}

/** In logarithms: 0.9 to the power of 5,000 is nothing to a double. */
const logProbability = (n: number, p: number, count: number): number =>
  logFactorial(n) -
  logFactorial(count) -
  logFactorial(n - count) +
  count * Math.log(p) +
  (n - count) * Math.log1p(-p);

const logFactorials = [0];

function logFactorial(n: number): number {
  for (let next = logFactorials.length; next <= n; next += 1) {
    logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
  }
  return logFactorials[n] ?? 0;
}

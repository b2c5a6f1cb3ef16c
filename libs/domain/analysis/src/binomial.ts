/** Lanczos' approximation; its error is below 1e-13 of the value. */
const lanczos: readonly [number, ...number[]] = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/** ln Γ(x + 1), for x ≥ 0. */
function logFactorial(x: number): number {
  const [first, ...rest] = lanczos;
  const sum = rest.reduce((total, c, i) => total + c / (x + i + 1), first);
  const t = x + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** ln P(X = k) for X ~ Binomial(n, p), 0 < p < 1. */
const logProbability = (k: number, n: number, p: number): number =>
  logFactorial(n) -
  logFactorial(k) -
  logFactorial(n - k) +
  k * Math.log(p) +
  (n - k) * Math.log1p(-p);

/** A term this small beside the sum changes nothing of it any more. */
const negligible = 1e-17;

/**
 * P(X ≤ k) for X ~ Binomial(n, p), 0 < p < 1, summed exactly from k downwards:
 * right where it matters, in the tail below the mean.
 */
export function lowerTail(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  let term = Math.exp(logProbability(k, n, p));
  let sum = term;
  for (let i = k; i > 0; i -= 1) {
    term *= (i * (1 - p)) / ((n - i + 1) * p);
    sum += term;
    if (i < n * p && term < sum * negligible) break;
  }
  return Math.min(1, sum);
}

/** P(X ≥ k). */
export const upperTail = (k: number, n: number, p: number): number => lowerTail(n - k, n, 1 - p);

import { logGamma } from '../special-functions.js';

/** Requests of one look, by version and by whether they were slower than a bound. Whole numbers. */
export interface SlowTable {
  readonly candidate: number;
  readonly stable: number;
  readonly slowCandidate: number;
  readonly slowStable: number;
}

/**
 * For each of `alternatives`: ln of the likelihood of that odds ratio against that of `allowed`, for
 * the candidate's slow requests, given both sums: how many requests the candidate got, and how many
 * requests were slow.
 *
 * Given those, nothing about the split of requests or the speed of the service is left: the count is
 * hypergeometric where the version makes no difference, and Fisher's noncentral hypergeometric under
 * an odds ratio ω, P(k) ∝ C(slow, k)·C(fast, X − k)·ω^k. The mean of exp of this is therefore 1 under
 * `allowed`, exactly and in each look, and less under any smaller ratio, for it grows with k.
 */
export function conditionalLogRatios(
  { candidate: X, stable, slowCandidate, slowStable }: SlowTable,
  alternatives: readonly number[],
  allowed: number,
): readonly number[] {
  const slow = slowCandidate + slowStable;
  const fast = X + stable - slow;
  if (slow === 0 || fast === 0 || X === 0 || stable === 0) return alternatives.map(() => 0);
  const margins: Margins = { slow, fast, X };
  const base = weigh(margins, allowed);
  return alternatives.map((odds) => {
    const { mode, logSum } = weigh(margins, odds);
    const logPeaks = mode * Math.log(odds) - base.mode * Math.log(allowed);
    return (
      slowCandidate * Math.log(odds / allowed) -
      (logGrown(margins, base.mode, mode) + logPeaks + logSum - base.logSum)
    );
  });
}

interface Margins {
  readonly slow: number;
  readonly fast: number;
  readonly X: number;
}

/** Weight of k by weight of k − 1, for an odds ratio of 1: c(k)/c(k − 1). Falls with k. */
const growth = ({ slow, fast, X }: Margins, k: number): number =>
  ((slow - k + 1) * (X - k + 1)) / (k * (fast - X + k));

/** A term this small beside the sum changes nothing of it any more. */
const negligible = 1e-18;

/** The k of largest weight c(k)·ω^k, and ln of the sum of all weights by that one. */
function weigh(margins: Margins, odds: number): { readonly mode: number; readonly logSum: number } {
  const [first, last] = [Math.max(0, margins.X - margins.fast), Math.min(margins.slow, margins.X)];
  const mode = lastWhere((k) => odds * growth(margins, k) >= 1, first, last);
  let sum = 1;
  for (let k = mode + 1, term = 1; k <= last && term > negligible * sum; k += 1) {
    term *= odds * growth(margins, k);
    sum += term;
  }
  for (let k = mode, term = 1; k > first && term > negligible * sum; k -= 1) {
    term /= odds * growth(margins, k);
    sum += term;
  }
  return { mode, logSum: Math.log(sum) };
}

/** The last k above `from` that holds, where all before it hold and none after; `from` if none does. */
function lastWhere(holds: (k: number) => boolean, from: number, to: number): number {
  let [below, above] = [from, to + 1];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (holds(middle)) below = middle;
    else above = middle;
  }
  return below;
}

/**
 * Steps that are multiplied one by one, several times faster than ln Γ. Between two modes each lies
 * between 1 and the ratio of their odds, so the product stays a number.
 */
const multiplied = 100;

/** ln c(to)/c(from). */
function logGrown(margins: Margins, from: number, to: number): number {
  if (to < from) return -logGrown(margins, to, from);
  if (to - from > multiplied) return logWeight(margins, to) - logWeight(margins, from);
  let product = 1;
  for (let k = from + 1; k <= to; k += 1) product *= growth(margins, k);
  return Math.log(product);
}

/** ln C(slow, k)·C(fast, X − k), less what does not depend on k. */
const logWeight = ({ slow, fast, X }: Margins, k: number): number =>
  -logGamma(k + 1) - logGamma(slow - k + 1) - logGamma(X - k + 1) - logGamma(fast - X + k + 1);

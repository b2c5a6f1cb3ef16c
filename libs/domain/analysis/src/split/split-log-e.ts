import { countLogE } from '../counts/log-e.js';
import { logBeta } from '../special-functions.js';

export interface SplitCounts {
  /** Requests of each version. */
  readonly counts: readonly number[];
  /** As programmed, summing to 1; all above 0. */
  readonly shares: readonly number[];
  readonly concentration: readonly number[];
}

/**
 * ln E of requests split otherwise than programmed: lnB(α + x) − lnB(α) − Σ xᵢ ln θᵢ, the likelihood
 * under a Dirichlet mixture of all splits against that of the programmed one (Lindon & Malek 2022,
 * arXiv 2011.03567).
 */
export function splitLogE({ counts, shares, concentration }: SplitCounts): number {
  const posterior = concentration.map((alpha, i) => alpha + (counts[i] ?? 0));
  const expected = shares.reduce((sum, share, i) => sum + (counts[i] ?? 0) * Math.log(share), 0);
  return logMultiBeta(posterior) - logMultiBeta(concentration) - expected;
}

/** ln B(α₁, …, αₖ), a stick broken piece by piece: in differences of ln Γ, digits would be lost. */
function logMultiBeta(alphas: readonly number[]): number {
  let rest = sumOf(alphas);
  let total = 0;
  for (const alpha of alphas.slice(0, -1)) {
    rest -= alpha;
    total += logBeta(alpha, rest);
  }
  return total;
}

/** A tolerance of 0 as a number that has a logarithm: one request is e^690 of evidence. */
const none = 1e-300;

/**
 * Where versions have a share of 0: that they got more than the tolerance together, one-sided, and
 * that the others are split otherwise. The mean of both e-values is one, whatever they have in common.
 */
export function splitLogEWithStrays(split: SplitCounts, tolerance: number): number {
  if (split.shares.every((share) => share > 0)) return splitLogE(split);
  const served = servedOnly(split);
  const n = sumOf(split.counts);
  const strays = n - sumOf(served.counts);
  const prior = { a: 1, b: 1 };
  const p0 = Math.max(tolerance, none);
  const stray = countLogE({ x: strays, n, p0, prior, sides: 'one' });
  return served.shares.length === 1 ? stray : logMean(stray, splitLogE(served));
}

const sumOf = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

function servedOnly({ counts, shares, concentration }: SplitCounts): SplitCounts {
  const served = <T>(values: readonly T[]): readonly T[] =>
    values.filter((_, i) => (shares[i] ?? 0) > 0);
  return { counts: served(counts), shares: served(shares), concentration: served(concentration) };
}

/** ln((e^a + e^b) / 2). */
const logMean = (a: number, b: number): number =>
  Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))) - Math.LN2;

import { betaCdf, betaSurvival, logBeta } from '../special-functions.js';

/** Beta(a, b): what is believed, before any error, of the share of errors that the candidate makes. */
export interface BetaPrior {
  readonly a: number;
  readonly b: number;
}

/** `one`: only a candidate that is worse is evidence. `two`: any difference is. */
export type Sides = 'one' | 'two';

export interface ErrorSplit {
  /** Errors of the candidate. */
  readonly x: number;
  /** Errors of both versions. */
  readonly n: number;
  readonly prior: BetaPrior;
  readonly sides: Sides;
}

/** The share of all errors that each version makes where the hypothesis holds; together one. */
export interface NullShare {
  readonly candidate: number;
  /** Held apart: beside a share of 1 − 1e-12 the difference would be rounding. */
  readonly stable: number;
}

/**
 * ln E of `x` errors of the candidate among `n`, where p0 of them are expected.
 *
 * Two-sided: lnB(a+x, b+n−x) − lnB(a, b) − x ln p0 − (n−x) ln(1−p0), the likelihood under a mixture
 * of all shares against that under p0 (Lindon & Malek 2022, arXiv 2011.03567). One-sided: the mixture
 * is cut to shares above p0, so E tests "at most p0". With p0 of 0 or 1 there is nothing to compare,
 * and ln E is 0.
 *
 * @example countLogE({ x: 70, n: 100, p0: 0.5, prior: { a: 1, b: 1 }, sides: 'one' }) // 6.750621
 */
export const countLogE = ({ p0, ...split }: ErrorSplit & { readonly p0: number }): number =>
  p0 > 0 && p0 < 1 ? logEAt({ candidate: p0, stable: 1 - p0 }, split) : 0;

export function logEAt(share: NullShare, { x, n, prior: { a, b }, sides }: ErrorSplit): number {
  if (n === 0) return 0;
  const y = n - x;
  const [logCandidate, logStable] = logsOf(share);
  const either = logBeta(a + x, b + y) - logBeta(a, b) - x * logCandidate - y * logStable;
  if (sides === 'two') return either;
  return either + logAbove(share, { a: a + x, b: b + y }) - logAbove(share, { a, b });
}

const logsOf = ({ candidate, stable }: NullShare): readonly [number, number] =>
  candidate < 0.5
    ? [Math.log(candidate), Math.log1p(-candidate)]
    : [Math.log1p(-stable), Math.log(stable)];

/**
 * Below it the library's tail loses its digits, long before it becomes 0: I(0.03506; 222, 39) is
 * 1.5e-278, and the library gives twice as much. Above it, it has ten digits or more.
 */
const smallestTail = 1e-200;

/** ln P(P > p0) for P ~ Beta(a, b). */
function logAbove(share: NullShare, { a, b }: BetaPrior): number {
  const tail =
    share.candidate < 0.5 ? betaSurvival(share.candidate, a, b) : betaCdf(share.stable, b, a);
  return tail > smallestTail ? Math.log(tail) : logFarAbove(share, { a, b });
}

/**
 * The same where the tail is too small for a number: the candidate is far better than allowed.
 * ∫ over (p0, 1) as a power series in 1 − p0, all terms positive; out here they fall geometrically.
 * −∞ would wipe out all evidence of harm that later segments bring.
 */
function logFarAbove(share: NullShare, { a, b }: BetaPrior): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; term > sum * 1e-17; k += 1) {
    term *= (share.stable * (a + b + k)) / (b + 1 + k);
    sum += term;
  }
  const [logCandidate, logStable] = logsOf(share);
  return a * logCandidate + b * logStable - Math.log(b) - logBeta(a, b) + Math.log(sum);
}

import { logEAt } from '../counts/log-e.js';
import { nullShare } from '../counts/segments.js';
import { turningPoint } from '../counts/turning-point.js';

/** One version beside all others: a Dirichlet's share is a Beta. */
export interface OneOfAll {
  readonly x: number;
  readonly n: number;
  /** Concentration of the version, and of all others together. */
  readonly prior: { readonly a: number; readonly b: number };
  readonly alpha: number;
}

/** The shares that the two-sided process would not reject now; convex in the log odds, so an interval. */
export const shareInterval = (
  one: OneOfAll,
): { readonly lower: number; readonly upper: number } => ({
  lower: lowest(one),
  upper: 1 - lowest({ ...one, x: one.n - one.x, prior: { a: one.prior.b, b: one.prior.a } }),
});

function lowest({ x, n, prior, alpha }: OneOfAll): number {
  if (x === 0) return 0;
  const isKept = (logOdds: number): boolean => {
    const share = nullShare(logOdds);
    return (
      share.candidate * n >= x || logEAt(share, { x, n, prior, sides: 'two' }) < -Math.log(alpha)
    );
  };
  return nullShare(turningPoint(isKept)).candidate;
}

import { bernoulliMixture } from './beta-binomial.js';
import { rootBetween } from './root.js';

/**
 * Interval for a probability from `successes` of `trials` that holds at all times at once, tightest
 * about `tOpt` trials.
 *
 * @example bernoulliInterval({ successes: 700, trials: 1000, alpha: 0.05, tOpt: 100 }) // 0.651629 … 0.745949
 */
export function bernoulliInterval({
  successes,
  trials,
  alpha,
  tOpt,
  alphaOpt = 0.05,
}: {
  readonly successes: number;
  readonly trials: number;
  readonly alpha: number;
  readonly tOpt: number;
  readonly alphaOpt?: number;
}): { readonly lower: number; readonly upper: number } {
  if (trials === 0) return { lower: 0, upper: 1 };
  const share = successes / trials;
  const excess = (p: number): number =>
    bernoulliMixture(p, { draws: tOpt, alpha: alphaOpt }).logE(
      (share - p) * trials,
      p * (1 - p) * trials,
    ) + Math.log(alpha);
  return {
    lower: share > 0 ? rootBetween((p) => -excess(p), 0, share) : 0,
    upper: share < 1 ? rootBetween(excess, share, 1) : 1,
  };
}

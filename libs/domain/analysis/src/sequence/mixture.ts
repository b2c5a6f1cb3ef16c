import { rootBetween } from './root.js';

/**
 * A mixture supermartingale (Howard, Ramdas, McAuliffe, Sekhon 2021, arXiv 1810.08240): for a sum
 * `s` of centred observations with intrinsic time (accumulated variance) `v`, exp(logE(s, v)) has a
 * mean of at most 1 at any stopping time. It grows with `s` from some `s` on.
 */
export interface Mixture {
  logE(s: number, v: number): number;
  /** The largest `s` that can be at `v`, where there is one. */
  largestSum?(v: number): number;
}

/** The least `s` ≥ 0 at which the mixture rejects at level α: with probability 1 − α no `s` gets there, ever. */
export function mixtureBound(mixture: Mixture, v: number, alpha: number): number {
  const missing = (s: number): number => mixture.logE(s, v) + Math.log(alpha);
  const largest = mixture.largestSum?.(v);
  if (largest !== undefined) {
    return missing(largest) < 0 ? largest : rootBetween(missing, 0, largest);
  }
  let above = Math.max(v, Number.MIN_VALUE);
  while (missing(above) < 0) above *= 2;
  return rootBetween(missing, 0, above);
}

/** What a mixture is made tightest for: a look at intrinsic time `v`, at level α. It holds at all others too. */
export interface Tuning {
  readonly v: number;
  readonly alpha: number;
}

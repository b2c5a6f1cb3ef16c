/** Bounds in closed form that grow as slowly as the law of the iterated logarithm lets any. */

export interface Stitching {
  /** How quickly the crossing probability spent per epoch falls; above 1. */
  readonly s: number;
  /** How much longer each epoch is than the one before; above 1. */
  readonly eta: number;
}

export const defaultStitching: Stitching = { s: 1.4, eta: 2 };

const k1 = (eta: number): number => (eta ** 0.25 + eta ** -0.25) / Math.SQRT2;
const k2 = (eta: number): number => (Math.sqrt(eta) + 1) / 2;

/** Terms added one by one; the error of the closed rest is then below 1e-14. */
const termsAdded = 1000;

/** Σ k^−s over all k ≥ 1: what all epochs spend together. The far terms by Euler's summation formula. */
function sumOverEpochs(s: number): number {
  let sum = 0;
  for (let k = 1; k < termsAdded; k += 1) sum += k ** -s;
  const last = termsAdded ** -s;
  return sum + (termsAdded * last) / (s - 1) + last / 2 + (s * last) / (12 * termsAdded);
}

/**
 * Polynomial stitched bound for sub-gamma sums of scale `c` (0: sub-Gaussian), constant below `vMin`.
 *
 * @example polyStitchingBound(100, 0.05, { vMin: 10, c: 3 }) // 64.48755
 */
export function polyStitchingBound(
  v: number,
  alpha: number,
  { vMin, c = 0, s, eta }: { readonly vMin: number; readonly c?: number } & Stitching,
): number {
  const time = Math.max(v, vMin);
  const ell =
    s * Math.log(Math.log((eta * time) / vMin)) +
    Math.log(sumOverEpochs(s) / Math.log(eta) ** s) +
    Math.log(1 / alpha);
  const linear = k2(eta) * c * ell;
  return Math.sqrt(k1(eta) ** 2 * time * ell + linear ** 2) + linear;
}

const logit = (p: number): number => Math.log(p / (1 - p));
const expit = (l: number): number => 1 / (1 + Math.exp(-l));

/**
 * Bound on t·(F̂(Q(p)) − p) for all quantiles p and all times t at once (Howard & Ramdas 2022, theorem
 * 3, arXiv 1906.09712), tightest about `tOpt`. `delta` is how fine the grid of quantiles is.
 *
 * @example doubleStitchingBound({ p: 0.5, t: 1000, alpha: 0.05, tOpt: 100 }) // 68.62803
 */
export function doubleStitchingBound({
  p,
  t,
  alpha,
  tOpt,
  delta = 0.5,
  stitching: { s, eta } = defaultStitching,
}: {
  readonly p: number;
  readonly t: number;
  readonly alpha: number;
  readonly tOpt: number;
  readonly delta?: number;
  readonly stitching?: Stitching;
}): number {
  const time = Math.max(t, tOpt);
  const worst =
    p >= 0.5 ? p : Math.min(0.5, expit(logit(p) + 2 * delta * Math.sqrt((tOpt * eta) / time)));
  const variance = worst * (1 - worst);
  const row = (Math.sqrt(time / tOpt) * Math.abs(logit(p))) / (2 * delta) + 1;
  const epochs = sumOverEpochs(s);
  const ell =
    s * Math.log(Math.log((eta * time) / tOpt)) +
    s * Math.log(row) +
    Math.log((2 * epochs * (2 * epochs + 1)) / (alpha * Math.log(eta) ** s));
  const linear = (k2(eta) * (1 - 2 * p) * ell) / 3;
  return (
    delta * Math.sqrt((eta * time * variance) / tOpt) +
    Math.sqrt(k1(eta) ** 2 * variance * time * ell + linear ** 2) +
    linear
  );
}

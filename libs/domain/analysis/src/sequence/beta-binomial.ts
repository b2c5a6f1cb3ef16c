import { betaCdf, logBeta } from '../special-functions.js';
import type { Mixture, Tuning } from './mixture.js';
import { bestRho, bestRhoOneSided } from './normal-mixture.js';

/** Increments lie between −g and h, with a mean of 0. */
export interface BoundedIncrement {
  readonly g: number;
  readonly h: number;
}

/** Keeps the prior proper where it is tuned for fewer observations than its own weight. */
const leastPrior = 1e-3;

/** Sub-Bernoulli sums: beta mixture of Bernoulli likelihood ratios; exact where increments are −g or h. */
export function betaBinomial(
  tuning: Tuning,
  { g, h }: BoundedIncrement,
  sides: 'one' | 'two',
): Mixture {
  const width = g + h;
  const rho = sides === 'one' ? bestRhoOneSided(tuning) : bestRho(tuning);
  const r = Math.max(rho - g * h, leastPrior * g * h);
  const logIncompleteBeta = (a: number, b: number): number =>
    logBeta(a, b) + (sides === 'one' ? Math.log(betaCdf(h / width, a, b)) : 0);
  const prior = logIncompleteBeta(r / (g * width), r / (h * width));
  return {
    logE: (s, v) => {
      const ups = (v + h * s) / (h * width);
      const downs = (v - g * s) / (g * width);
      return (
        (v / (g * h)) * Math.log(width) -
        ups * Math.log(g) -
        downs * Math.log(h) +
        logIncompleteBeta(r / (g * width) + downs, r / (h * width) + ups) -
        prior
      );
    },
    largestSum: (v) => v / g,
  };
}

/** For X_i − p of draws X_i from {0, 1}: tuned for `draws` of them. */
export const bernoulliMixture = (
  p: number,
  { draws, alpha }: { readonly draws: number; readonly alpha: number },
): Mixture => betaBinomial({ v: p * (1 - p) * draws, alpha }, { g: p, h: 1 - p }, 'two');

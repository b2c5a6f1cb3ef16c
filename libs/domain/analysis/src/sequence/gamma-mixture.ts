import { gammaCdf, gammaSurvival, logGamma } from '../special-functions.js';
import { bestRhoOneSided } from './normal-mixture.js';
import type { Mixture, Tuning } from './mixture.js';

/** Mixtures for upward shifts of sums with heavier tails; `c` is the scale of the tail. */

/** Sub-exponential (and so sub-gamma) sums: gamma mixture of exponential supermartingales. */
export function gammaExponential(tuning: Tuning, c: number): Mixture {
  const cSquared = c * c;
  const rho = bestRhoOneSided(tuning) / cSquared;
  const constant = rho * Math.log(rho) - logGamma(rho) - Math.log(gammaCdf(rho, rho));
  return {
    logE: (s, v) => {
      const shape = v / cSquared + rho;
      const at = (c * s + v) / cSquared;
      return (
        constant +
        logGamma(shape) +
        Math.log(gammaCdf(at + rho, shape)) -
        shape * Math.log(at + rho) +
        at
      );
    },
  };
}

/** Sub-Poisson sums, such as those of bounded observations: gamma mixture of Poisson supermartingales. */
export function gammaPoisson(tuning: Tuning, c: number): Mixture {
  const cSquared = c * c;
  const rho = bestRhoOneSided(tuning) / cSquared;
  const constant = rho * Math.log(rho) - logGamma(rho) - Math.log(gammaSurvival(rho, rho));
  return {
    logE: (s, v) => {
      const rate = v / cSquared + rho;
      const shape = s / c + rate;
      return (
        constant +
        logGamma(shape) +
        Math.log(gammaSurvival(rate, shape)) -
        shape * Math.log(rate) +
        v / cSquared
      );
    },
  };
}

import {
  bestRho,
  bestRhoOneSided,
  betaBinomial,
  gammaExponential,
  gammaPoisson,
  mixtureBound,
  oneSidedNormal,
  twoSidedNormal,
  type Mixture,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import { document } from '../../schema/document.js';
import { anyNumber, insideShare, positive } from '../numbers.js';
import { eFigures, namedFunction } from './named-function.js';

const at = {
  s: anyNumber.exactOptional().describe('A sum of centred observations: for logE.'),
  v: positive.describe('Intrinsic time: their accumulated variance.'),
  alpha: insideShare.default(0.05).describe('Of the bound.'),
  vOpt: positive.default(100).describe('Intrinsic time at which the bound is tightest.'),
  alphaOpt: insideShare.default(0.05).describe('For which alpha it is.'),
};

const sides = z.enum(['one', 'two']).default('two').describe('Upward shifts alone, or both ways.');

interface At {
  readonly s?: number;
  readonly v: number;
  readonly alpha: number;
}

const figures = (mixture: Mixture, { s, v, alpha }: At) => ({
  ...(s === undefined ? {} : eFigures(mixture.logE(s, v))),
  bound: mixtureBound(mixture, v, alpha),
});

const tuning = ({ vOpt, alphaOpt }: { readonly vOpt: number; readonly alphaOpt: number }) => ({
  v: vOpt,
  alpha: alphaOpt,
});

/** Mixture supermartingales (Howard et al. 2021, arXiv 1810.08240). */
export const mixtures = {
  bestRho: namedFunction(
    'ρ at which the normal mixture is tightest at v',
    document({ v: positive, alpha: insideShare.default(0.05), sides }),
    (given) => ({ rho: given.sides === 'two' ? bestRho(given) : bestRhoOneSided(given) }),
  ),
  normalMixture: namedFunction(
    'Normal mixture: ln E of a sum, and the bound',
    document({ ...at, sides, rho: positive.exactOptional().describe('Default: by vOpt.') }),
    (given) => {
      const best = given.sides === 'two' ? bestRho : bestRhoOneSided;
      const rho = given.rho ?? best(tuning(given));
      const mixture = given.sides === 'two' ? twoSidedNormal(rho) : oneSidedNormal(rho);
      return { rho, ...figures(mixture, given) };
    },
  ),
  gammaExponential: namedFunction(
    'Gamma-exponential mixture, for sub-exponential sums',
    document({ ...at, c: positive.describe('Scale of the tail.') }),
    (given) => figures(gammaExponential(tuning(given), given.c), given),
  ),
  gammaPoisson: namedFunction(
    'Gamma-Poisson mixture, for sub-Poisson sums',
    document({ ...at, c: positive.describe('Scale of the tail.') }),
    (given) => figures(gammaPoisson(tuning(given), given.c), given),
  ),
  betaBinomial: namedFunction(
    'Beta-binomial mixture, for increments between −g and h',
    document({ ...at, sides, g: positive, h: positive }),
    (given) => figures(betaBinomial(tuning(given), given, given.sides), given),
  ),
};

import {
  betaCdf,
  betaSurvival,
  gammaCdf,
  gammaSurvival,
  logBeta,
  logGamma,
  normalCdf,
  normalQuantile,
  wilcoxonDifference,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import { document } from '../../schema/document.js';
import { anyNumber, atLeastZero, insideShare, positive, share } from '../numbers.js';
import { namedFunction } from './named-function.js';

const values = z.array(z.number()).min(1);
const beta = { x: share, a: positive, b: positive };
const gamma = { x: atLeastZero, a: positive };

/** What everything else is computed with, to be held against another library. */
export const specialFunctions = {
  logGamma: namedFunction('ln Γ(x)', document({ x: positive }), ({ x }) => ({
    value: logGamma(x),
  })),
  logBeta: namedFunction('ln B(a, b)', document({ a: positive, b: positive }), ({ a, b }) => ({
    value: logBeta(a, b),
  })),
  incompleteBeta: namedFunction(
    'Regularized incomplete beta function I_x(a, b), and 1 − I_x(a, b)',
    document(beta),
    ({ x, a, b }) => ({ value: betaCdf(x, a, b), survival: betaSurvival(x, a, b) }),
  ),
  incompleteGamma: namedFunction(
    'Regularized incomplete gamma function P(a, x), and 1 − P(a, x)',
    document(gamma),
    ({ x, a }) => ({ value: gammaCdf(x, a), survival: gammaSurvival(x, a) }),
  ),
  normalCdf: namedFunction('Φ(z)', document({ z: anyNumber }), (given) => ({
    value: normalCdf(given.z),
  })),
  normalQuantile: namedFunction('Φ⁻¹(p)', document({ p: insideShare }), ({ p }) => ({
    value: normalQuantile(p),
  })),
  wilcoxonDifference: namedFunction(
    'Kayenta’s asymptotic statistic of candidate less mu against stable, less z',
    document({
      candidate: values,
      stable: values,
      mu: anyNumber.default(0),
      z: anyNumber.default(0),
    }),
    ({ candidate, stable, mu, z: quantile }) => ({
      value: wilcoxonDifference(ascending(candidate), ascending(stable))(mu, quantile),
    }),
  ),
};

const ascending = (given: readonly number[]): Float64Array => Float64Array.from(given).sort();

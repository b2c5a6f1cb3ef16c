import {
  asymptoticHalfWidth,
  asymptoticRho,
  bernoulliInterval,
  defaultStitching,
  doubleStitchingBound,
  empiricalProcessLilBound,
  msprtHalfWidth,
  msprtLogLambda,
  polyStitchingBound,
  tRadius,
  zRadius,
} from '@spillway/domain-analysis';
import { document } from '../../schema/document.js';
import { anyNumber, atLeastZero, insideShare, positive } from '../numbers.js';
import { eFigures, namedFunction } from './named-function.js';

const alpha = insideShare.default(0.05);
const stitching = {
  s: positive.gt(1).default(defaultStitching.s),
  eta: positive.gt(1).default(defaultStitching.eta),
};

const regression = {
  g: positive.describe('Precision of the prior, in observations.'),
  n: positive.describe('Observations.'),
  alpha,
};

/** Confidence sequences, each by its formula. */
export const sequences = {
  polyStitching: namedFunction(
    'Polynomial stitched bound for sub-gamma sums',
    document({ v: positive, alpha, vMin: positive, c: anyNumber.default(0), ...stitching }),
    ({ v, alpha: level, ...rest }) => ({ bound: polyStitchingBound(v, level, rest) }),
  ),
  doubleStitching: namedFunction(
    'Bound on t·(F̂(Q(p)) − p) for all quantiles and times at once',
    document({
      p: insideShare,
      t: positive,
      alpha,
      tOpt: positive.default(100),
      delta: positive.default(0.5),
      ...stitching,
    }),
    ({ s, eta, ...rest }) => ({ bound: doubleStitchingBound({ ...rest, stitching: { s, eta } }) }),
  ),
  empiricalProcess: namedFunction(
    'How far an empirical distribution function may be off, for all values and times (LIL)',
    document({ t: positive, alpha, tMin: positive, A: positive.gt(Math.SQRT1_2).default(0.85) }),
    (given) => ({ bound: empiricalProcessLilBound(given) }),
  ),
  bernoulliInterval: namedFunction(
    'Confidence sequence for a probability',
    document({
      successes: atLeastZero,
      trials: atLeastZero,
      alpha,
      tOpt: positive.default(100),
      alphaOpt: alpha,
    }),
    (given) => ({ ...bernoulliInterval(given) }),
  ),
  asymptotic: namedFunction(
    'Asymptotic confidence sequence for a mean',
    document({
      t: positive,
      sigma: positive.default(1),
      alpha,
      rho: positive.exactOptional().describe('Default: tightest at tOpt.'),
      tOpt: positive.default(1000),
    }),
    ({ tOpt, ...given }) => {
      const rho = given.rho ?? asymptoticRho(tOpt, given.alpha);
      return { rho, halfWidth: asymptoticHalfWidth({ ...given, rho }) };
    },
  ),
  msprt: namedFunction(
    'Mixture sequential probability ratio test of a difference of means',
    document({
      difference: anyNumber.describe('δ, candidate less stable.'),
      variance: positive.describe('V, of the difference.'),
      tauSquared: positive,
      alpha,
    }),
    (given) => {
      const logLambda = msprtLogLambda(given);
      const halfWidth = msprtHalfWidth(given);
      const { difference } = given;
      return {
        logLambda,
        ...eFigures(logLambda),
        halfWidth,
        lower: difference - halfWidth,
        upper: difference + halfWidth,
      };
    },
  ),
  zRadius: namedFunction(
    'Anytime-valid radius of a coefficient of a linear model, known variance',
    document(regression),
    ({ g, n, alpha: level }) => ({ radius: zRadius(g, n, level) }),
  ),
  tRadius: namedFunction(
    'The same with estimated variance',
    document({ ...regression, coefficients: positive.describe('With the constant.') }),
    ({ g, n, coefficients, alpha: level }) => ({ radius: tRadius(g, n, coefficients, level) }),
  ),
};

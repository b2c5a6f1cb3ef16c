export { asymptoticHalfWidth, asymptoticRho } from './asymptotic.js';
export { bernoulliInterval } from './bernoulli-interval.js';
export { bernoulliMixture, betaBinomial, type BoundedIncrement } from './beta-binomial.js';
export { empiricalProcessLilBound } from './empirical-process.js';
export { gammaExponential, gammaPoisson } from './gamma-mixture.js';
export {
  defaultMeanSettings,
  judgeMeans,
  type MeanEvidence,
  type MeanLookEvidence,
  type MeanSettings,
} from './judge-means.js';
export {
  defaultMsprtSettings,
  judgeMsprt,
  type MsprtEvidence,
  type MsprtLook,
  type MsprtSettings,
} from './judge-msprt.js';
export { tRadius, zRadius } from './linear-model.js';
export { mixtureBound, type Mixture, type Tuning } from './mixture.js';
export type { ArmMoments, ArmSample, MeanLook, MeanMeasurements } from './moments.js';
export { msprtHalfWidth, msprtLogLambda, type MsprtPrior } from './msprt.js';
export {
  bestRho,
  bestRhoOneSided,
  oneSidedNormal,
  oneSidedNormalBound,
  twoSidedNormal,
  twoSidedNormalBound,
} from './normal-mixture.js';
export {
  quantileAbPValue,
  quantileDifferenceLogE,
  type QuantileQuestion,
  type Standing,
} from './quantile-ab.js';
export { quantileInterval, quantileShares, type QuantileShares } from './quantile-sequence.js';
export {
  defaultStitching,
  doubleStitchingBound,
  polyStitchingBound,
  type Stitching,
} from './stitching.js';

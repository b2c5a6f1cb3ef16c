export { largestBound, sequentialBounds, type Bound, type SequentialDesign } from './bounds.js';
export type { GroupSequentialEvidence, LookEvidence, Untested } from './evidence.js';
export { judgeGroupSequential } from './judge-group-sequential.js';
export {
  defaultGroupSequentialSettings,
  type Compared,
  type GroupSequentialMeasurements,
  type GroupSequentialSettings,
  type MeanSample,
  type Progress,
  type SequentialLook,
} from './measurements.js';
export { crossingProbabilities, driftFor, type Crossings, type StoppingRule } from './power.js';
export { spentUpTo, type SpendingFunction, type SpendingPlan } from './spending.js';

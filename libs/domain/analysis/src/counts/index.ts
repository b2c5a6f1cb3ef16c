export type { Crossing, EProcess } from './e-process.js';
export type {
  ArmTotals,
  CountLookEvidence,
  CountSegment,
  ErrorCountEvidence,
  RateRatio,
} from './evidence.js';
export { judgeErrorCounts } from './judge-error-counts.js';
export { countLogE, type BetaPrior, type ErrorSplit, type Sides } from './log-e.js';
export {
  defaultErrorCountSettings,
  type ArmCounts,
  type CountLook,
  type ErrorCountMeasurements,
  type ErrorCountSettings,
} from './measurements.js';

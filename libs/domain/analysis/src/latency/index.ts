export { conditionalLogRatios, type SlowTable } from './conditional-odds.js';
export type { BucketEvidence, EqualityEvidence, EqualitySegment } from './equality.js';
export type { LatencyCourse, LatencyEvidence } from './evidence.js';
export { histogramQuantile } from './histogram-quantile.js';
export { courseOf, decideLatency, judgeLatency } from './judge-latency.js';
export {
  defaultLatencySettings,
  type LatencyLook,
  type LatencyMeasurements,
  type LatencySettings,
} from './measurements.js';
export type {
  ArmEstimate,
  ArmQuantile,
  QuantileEstimates,
  QuantileEvidence,
} from './quantile-evidence.js';
export type { BoundaryEvidence, SlowShare } from './boundary-evidence.js';
export { followSlower, type SlowerCourse } from './slower.js';

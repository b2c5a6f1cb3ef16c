export type { SplitArm, SplitEvidence, SplitLookEvidence } from './evidence.js';
export { followSplit, judgeSplit, type SplitCourse } from './judge-split.js';
export {
  defaultSplitSettings,
  type SplitLook,
  type SplitMeasurements,
  type SplitSettings,
} from './measurements.js';
export { fitsSplit, type SplitFit } from './split-fit.js';
export { splitLogE, type SplitCounts } from './split-log-e.js';
export { whySplitCannotBeJudged, type SplitCircumstances } from './why-not.js';

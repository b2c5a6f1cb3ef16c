export type { Autocorrelation } from './autocorrelation.js';
export type { GaugeArm, MannWhitneyEvidence, RankComparison } from './evidence.js';
export type { ShiftInterval } from './interval.js';
export { judgeMannWhitney } from './mann-whitney.js';
export type { PValues } from './null-distribution.js';
export type { GaugeSamples, GaugeValue } from './samples.js';
export { defaultMannWhitneySettings, type MannWhitneySettings } from './settings.js';

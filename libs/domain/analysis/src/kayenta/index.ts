export type { EffectMeasure } from './effect-size.js';
export type {
  KayentaArm,
  KayentaClass,
  KayentaClassification,
  KayentaComparison,
  KayentaEvidence,
} from './evidence.js';
export type { KayentaGroupScore, ScoredResult } from './group-score.js';
export { judgeKayenta } from './judge-kayenta.js';
export type { OutlierSettings } from './outliers.js';
export {
  defaultKayentaScoreSettings,
  type ClassifiedMetric,
  type KayentaScoreMeasurements,
  type KayentaScoreSettings,
  type MeasuredMetric,
} from './score-settings.js';
export { scoreKayenta, type KayentaScoredMetric, type KayentaScoreEvidence } from './score.js';
export {
  defaultKayentaSettings,
  type EffectSizeSettings,
  type KayentaSettings,
} from './settings.js';
export { wilcoxonDifference, type KayentaInterval } from './wilcoxon.js';

import { ascending, rankSums } from '../rank/rank-sum.js';
import { mean, standardDeviation } from './descriptive.js';

export type EffectMeasure = 'meanRatio' | 'cles';

/** `undefined` where either mean is 0: Kayenta says NaN, and then asks for no effect. */
export function meanRatio(
  experiment: readonly number[],
  control: readonly number[],
): number | undefined {
  const [ofExperiment, ofControl] = [mean(experiment), mean(control)];
  return ofExperiment === 0 || ofControl === 0 ? undefined : ofExperiment / ofControl;
}

/** P(experiment > control) + ½ P(equal). */
export function cles(experiment: readonly number[], control: readonly number[]): number {
  const [m, n] = [experiment.length, control.length];
  const { rankSum } = rankSums(ascending(experiment), ascending(control));
  return (2 * rankSum - m * (m + 1)) / (2 * m * n);
}

/** Difference of means in pooled standard deviations; `undefined` where these are 0. */
export function cohenD(
  experiment: readonly number[],
  control: readonly number[],
): number | undefined {
  const [m, n] = [experiment.length, control.length];
  const squares =
    (m - 1) * standardDeviation(experiment) ** 2 + (n - 1) * standardDeviation(control) ** 2;
  const pooled = Math.sqrt(squares / (m + n - 2));
  return pooled > 0 ? Math.abs(mean(experiment) - mean(control)) / pooled : undefined;
}

import type { Judgement } from '../judgement.js';
import { describeArms, describeHarm } from './because.js';
import { alphaOf, compareByRanks } from './compare.js';
import type { GaugeArm, MannWhitneyEvidence, RankComparison } from './evidence.js';
import { harmsOf, isLargeEnough, type Harm } from './harm.js';
import { ascending } from './rank-sum.js';
import { isPresent, type GaugeSamples, type GaugeValue } from './samples.js';
import type { MannWhitneySettings } from './settings.js';

/**
 * Is a gauge of the candidate worse than stable's? By ranks: no shape is assumed, and the unit of
 * the metric does not matter.
 *
 * Fails where the one-sided rank p-value is at most α = (1 − confidence) / 2 and the effect is at
 * least as large as the floors ask. The interval alone would miss harm among zeros and ties, where
 * its end is exactly 0. Passes where that is not so and there are points enough to have seen it.
 *
 * One look: whoever asks again and again, as points come in, spends α anew each time. And points
 * are taken for independent unless `independence` is `thin`, which widens the null distribution by
 * the measured autocorrelation (see `autocorrelationOf`).
 */
export function judgeMannWhitney(
  { candidate, stable }: GaugeSamples,
  settings: MannWhitneySettings,
): Judgement<MannWhitneyEvidence> {
  const values = [numbersOf(candidate, settings), numbersOf(stable, settings)] as const;
  const arms = {
    candidate: armOf(values[0], candidate),
    stable: armOf(values[1], stable),
  };
  const evidence = { ...settings, ...arms, alpha: alphaOf(settings) };
  const described = describeArms(arms.candidate, arms.stable);
  if (arms.candidate.n === 0 || arms.stable.n === 0) {
    return { kind: 'noData', because: `${described}: nothing to compare`, evidence };
  }
  const compared = compareByRanks(...values, settings);
  const harms = harmsOf(compared, arms.candidate, arms.stable, settings.direction);
  const likeliest = harms.reduce((a, b) => (b.p < a.p ? b : a));
  const { kind, note } = unable(arms, compared, settings) ?? decide(harms, settings);
  return {
    kind,
    because: `${described}: ${describeHarm(likeliest, evidence.alpha)}: ${note}`,
    evidence: { ...evidence, ...compared, ...meanRatioOf(arms.candidate, arms.stable) },
  };
}

interface Decided {
  readonly kind: Judgement<unknown>['kind'];
  readonly note: string;
}

/** Why nothing can be said, if so. */
function unable(
  { candidate, stable }: Pick<MannWhitneyEvidence, 'candidate' | 'stable'>,
  { autocorrelation }: RankComparison,
  { nanStrategy, minSamples }: MannWhitneySettings,
): Decided | undefined {
  const missing = candidate.missing + stable.missing;
  if (nanStrategy === 'inconclusive' && missing > 0) {
    return { kind: 'inconclusive', note: `${missing} points are not a number` };
  }
  const effective = autocorrelation
    ? Math.min(autocorrelation.candidateEffective, autocorrelation.stableEffective)
    : Math.min(candidate.n, stable.n);
  if (effective >= minSamples) return undefined;
  return {
    kind: 'inconclusive',
    note: autocorrelation
      ? `points follow each other so closely that those of a version are worth ${effective.toFixed(1)} independent ones, ${minSamples} are needed`
      : `${minSamples} points of each version are needed`,
  };
}

function decide(harms: readonly Harm[], settings: MannWhitneySettings): Decided {
  const likely = harms.filter(({ p }) => p <= alphaOf(settings));
  if (likely.length === 0) return { kind: 'pass', note: 'no evidence of harm' };
  return likely.some((harm) => isLargeEnough(harm, settings))
    ? { kind: 'fail', note: 'evidence of harm' }
    : { kind: 'pass', note: 'a difference, but smaller than what is called harm' };
}

function numbersOf(
  values: readonly GaugeValue[],
  { nanStrategy }: MannWhitneySettings,
): readonly number[] {
  return nanStrategy === 'zero'
    ? values.map((value) => (isPresent(value) ? value : 0))
    : values.filter(isPresent);
}

function armOf(values: readonly number[], given: readonly GaugeValue[]): GaugeArm {
  const missing = given.filter((value) => !isPresent(value)).length;
  if (values.length === 0) return { n: 0, missing };
  const sorted = ascending(values);
  const at = (index: number): number => sorted[index] ?? 0;
  const last = sorted.length - 1;
  return {
    n: sorted.length,
    missing,
    // In ascending order, so that the order of time does not show in the last digit.
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    median: (at(Math.floor(last / 2)) + at(Math.ceil(last / 2))) / 2,
    min: at(0),
    max: at(last),
  };
}

function meanRatioOf({ mean = 0 }: GaugeArm, stable: GaugeArm): { readonly meanRatio?: number } {
  const meanRatio = mean / (stable.mean ?? 0);
  return Number.isFinite(meanRatio) ? { meanRatio } : {};
}

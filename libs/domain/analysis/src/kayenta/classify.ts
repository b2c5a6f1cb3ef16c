import { cles, cohenD, meanRatio } from './effect-size.js';
import type { KayentaClass, KayentaClassification, KayentaComparison } from './evidence.js';
import { withNoise } from './noise.js';
import type { KayentaSettings } from './settings.js';
import { kayentaInterval } from './wilcoxon.js';

export interface Classified {
  readonly classification: KayentaClassification;
  readonly comparison?: KayentaComparison;
}

type Arm = readonly number[];

const untested = (
  name: KayentaClass,
  reason: string,
  critical = false,
): { readonly classification: KayentaClassification } => ({
  classification: { class: name, critical, reason, deviation: 1 },
});

/** Kayenta's metric classifier. Both arms after missing values and outliers were treated. */
export function classifyMetric(
  experiment: Arm,
  control: Arm,
  settings: KayentaSettings,
): Classified {
  const early = withoutTest(experiment, control, settings);
  if (early) return early;
  const comparison = compareArms(experiment, control, settings);
  if (comparison === undefined) {
    return { classification: { class: 'Error', critical: false, reason: 'all values are tied' } };
  }
  const name = classOf(comparison, settings);
  return {
    classification: {
      class: name,
      critical: isCritical(name, comparison, settings),
      ...(comparison.meanRatio !== undefined && { deviation: comparison.meanRatio }),
    },
    comparison,
  };
}

function withoutTest(
  experiment: Arm,
  control: Arm,
  { nanStrategy, mustHaveData, critical }: KayentaSettings,
): Classified | undefined {
  if (experiment.length === 0 || control.length === 0) {
    if (nanStrategy === 'replace') return untested('Pass', 'no samples, and none means 0');
    if (mustHaveData && !critical) return untested('NodataFailMetric', 'no samples');
    return untested('Nodata', 'no samples', critical);
  }
  if (![...experiment, ...control].every(Number.isFinite)) {
    return { classification: { class: 'Error', critical: false, reason: 'a value is infinite' } };
  }
  if (isSame(experiment.toSorted(byValue), control.toSorted(byValue))) {
    return untested('Pass', 'both versions have the same values');
  }
  return new Set([...experiment, ...control]).size === 1
    ? untested('Pass', 'all values are the same')
    : undefined;
}

const byValue = (a: number, b: number): number => a - b;

const isSame = (a: Arm, b: Arm): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

function compareArms(
  experiment: Arm,
  control: Arm,
  { confLevel, tolerance, effectSize }: KayentaSettings,
): KayentaComparison | undefined {
  const noise = new Set(experiment).size === 1 && new Set(control).size === 1;
  const [x, y] = noise ? [withNoise(experiment), withNoise(control)] : [experiment, control];
  const interval = kayentaInterval(x, y, confLevel);
  if (interval === undefined) return undefined;
  const effects = { meanRatio: meanRatio(x, y), cles: cles(x, y) };
  const effect = effects[effectSize.measure ?? 'meanRatio'];
  const d = cohenD(experiment, control);
  return {
    ...interval,
    band: tolerance * Math.abs(interval.HL),
    cles: effects.cles,
    ...(effects.meanRatio !== undefined && { meanRatio: effects.meanRatio }),
    ...(d !== undefined && { cohenD: d }),
    ...(effect !== undefined && { effect }),
    noise,
  };
}

const noChange = ({ effectSize }: KayentaSettings): number =>
  effectSize.measure === 'cles' ? 0.5 : 1;

/** An effect that is not defined asks for nothing. */
const isAtLeast = (effect: number | undefined, limit: number): boolean =>
  effect === undefined || effect >= limit;

const isAtMost = (effect: number | undefined, limit: number): boolean =>
  effect === undefined || effect <= limit;

function classOf(
  { L, U, band, effect }: KayentaComparison,
  settings: KayentaSettings,
): 'Pass' | 'High' | 'Low' {
  const { direction, effectSize } = settings;
  const { allowedIncrease = noChange(settings), allowedDecrease = noChange(settings) } = effectSize;
  if (direction !== 'decrease' && L > band && isAtLeast(effect, allowedIncrease)) return 'High';
  if (direction !== 'increase' && U < -band && isAtMost(effect, allowedDecrease)) return 'Low';
  return 'Pass';
}

function isCritical(
  name: 'Pass' | 'High' | 'Low',
  { effect }: KayentaComparison,
  settings: KayentaSettings,
): boolean {
  if (!settings.critical || name === 'Pass') return false;
  const { criticalIncrease = noChange(settings), criticalDecrease = noChange(settings) } =
    settings.effectSize;
  return name === 'High' ? isAtLeast(effect, criticalIncrease) : isAtMost(effect, criticalDecrease);
}

import { ascending } from '../rank/rank-sum.js';
import { mean, percentile, populationDeviation } from './descriptive.js';

export interface OutlierSettings {
  readonly strategy: 'keep' | 'remove';
  /** How many interquartile ranges beyond the quartiles, or deviations from the mean, are too far: 3. */
  readonly factor?: number;
  /** Kayenta's judge knows `iqr` only. */
  readonly detector?: 'iqr' | 'kSigma';
  /** `iqr`: nothing between the 1st and the 99th percentile is an outlier. True, as in Kayenta's judge. */
  readonly reduceSensitivity?: boolean;
}

interface Fences {
  readonly low: number;
  readonly high: number;
}

function interquartileFences(
  sorted: Float64Array,
  { factor = 3, reduceSensitivity = true }: OutlierSettings,
): Fences {
  const [q1, q3] = [percentile(sorted, 25), percentile(sorted, 75)];
  const reach = factor * (q3 - q1);
  const fences = { low: q1 - reach, high: q3 + reach };
  if (!reduceSensitivity) return fences;
  return {
    low: Math.min(percentile(sorted, 1), fences.low),
    high: Math.max(percentile(sorted, 99), fences.high),
  };
}

/** Which values are outliers of their own arm. */
export function outliersOf(
  values: readonly number[],
  settings: OutlierSettings,
): readonly boolean[] {
  if (settings.detector === 'kSigma') {
    const [centre, reach] = [mean(values), populationDeviation(values) * (settings.factor ?? 3)];
    return values.map((value) => Math.abs(value - centre) > reach);
  }
  const { low, high } = interquartileFences(ascending(values), settings);
  return values.map((value) => value > high || value < low);
}

import type { Sample } from '@spillway/domain-analysis';
import type { Series } from './answer.js';
import { histogramQuantile, totalOf } from './histogram-quantile.js';
import { isFailed } from './istio-metrics.js';

/** What the series of one version give: a sample, no requests at all, or numbers that are none. */
export type SampleOutcome = Sample | 'empty' | 'notANumber';

const sum = (series: readonly Series[]): number =>
  series.reduce((total, { value }) => total + value, 0);

/** In percent. */
export function successRate(series: readonly Series[]): SampleOutcome {
  const total = sum(series);
  if (!Number.isFinite(total)) return 'notANumber';
  if (total <= 0) return 'empty';
  return {
    value: 100 * (1 - sum(series.filter(isFailed)) / total),
    requests: Math.round(total),
  };
}

/** In milliseconds. */
export function latency(series: readonly Series[], quantile: number): SampleOutcome {
  if (series.length === 0) return 'empty';
  const counts = new Map<number, number>();
  for (const { labels, value } of series) {
    const upperBound = labels['le'] === '+Inf' ? Infinity : Number(labels['le']);
    counts.set(upperBound, (counts.get(upperBound) ?? 0) + value);
  }
  const buckets = [...counts].map(([upperBound, cumulativeCount]) => ({
    upperBound,
    cumulativeCount,
  }));
  const total = totalOf(buckets);
  if (total === 0) return 'empty';
  const value = histogramQuantile(quantile, buckets);
  if (!Number.isFinite(value) || !Number.isFinite(total)) return 'notANumber';
  return { value, requests: Math.round(total) };
}

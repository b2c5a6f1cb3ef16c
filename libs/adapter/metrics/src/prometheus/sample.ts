import type { LatencyHistogram, Sample } from '@spillway/domain-analysis';
import type { Series } from './answer.js';
import { histogramQuantile, inOrder, totalOf, type Bucket } from './histogram-quantile.js';
import { isFailed } from './istio-metrics.js';

/** What the series of one version give: a sample, no requests at all, or numbers that are none. */
export type SampleOutcome = Sample | 'empty' | 'notANumber';

/** Counts are whole; what is behind the point is how floats were rounded. */
const countOf = (series: readonly Series[]): number =>
  Math.round(series.reduce((total, { value }) => total + value, 0));

/** In percent. */
export function successRate(series: readonly Series[]): SampleOutcome {
  const requests = countOf(series);
  if (!Number.isFinite(requests)) return 'notANumber';
  if (requests <= 0) return 'empty';
  const errors = countOf(series.filter(isFailed));
  return { value: 100 * (1 - errors / requests), requests, errors };
}

/** In milliseconds. */
export function latency(series: readonly Series[], quantile: number): SampleOutcome {
  if (series.length === 0) return 'empty';
  const buckets = bucketsOf(series);
  const requests = totalOf(buckets);
  if (requests === 0) return 'empty';
  const value = histogramQuantile(quantile, buckets);
  if (![value, requests].every(Number.isFinite) || !isOrderly(buckets)) return 'notANumber';
  return { value, requests, histogram: histogramOf(buckets) };
}

/** One version may have counted under several revisions. */
function bucketsOf(series: readonly Series[]): readonly Bucket[] {
  const counts = new Map<number, number>();
  for (const { labels, value } of series) {
    const upperBound = labels['le'] === '+Inf' ? Infinity : Number(labels['le']);
    counts.set(upperBound, (counts.get(upperBound) ?? 0) + value);
  }
  const buckets = [...counts].map(([upperBound, count]) => ({
    upperBound,
    cumulativeCount: Math.round(count),
  }));
  return inOrder(buckets);
}

const isOrderly = (buckets: readonly Bucket[]): boolean =>
  buckets.every(({ upperBound }) => !Number.isNaN(upperBound));

function histogramOf(buckets: readonly Bucket[]): LatencyHistogram {
  const counts = buckets.map(
    ({ cumulativeCount }, i) => cumulativeCount - (buckets[i - 1]?.cumulativeCount ?? 0),
  );
  const upperBounds = buckets.slice(0, -1).map(({ upperBound }) => upperBound);
  return { upperBounds, counts };
}

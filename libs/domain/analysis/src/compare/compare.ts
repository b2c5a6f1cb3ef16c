import type { Measurement } from '../measurement.js';
import type { MetricJudge, MetricQuery, MetricSpec } from '../metric-spec.js';
import type { Comparison } from '../verdict.js';
import { compareErrors } from './compare-errors.js';
import { compareLatency } from './compare-latency.js';
import { compareAsKayenta, compareRanks } from './compare-ranks.js';

/** A comparison, and whether a judge that keeps no α calls it harm by itself. */
export type Compared = Comparison & { readonly isHarm?: true };

/** What the metric's judge says of these measurements of one step; undefined before its first look. */
export function compare(
  measurements: readonly Measurement[],
  judge: MetricJudge,
  { count, query, alpha }: Pick<MetricSpec, 'count' | 'query'> & { readonly alpha: number },
): Compared | undefined {
  switch (judge.kind) {
    case 'errorCount':
      return compareErrors(measurements, judge, alpha);
    case 'latency':
      return compareLatency(measurements, judge, { alpha, quantile: quantileOf(query) });
    case 'mannWhitney':
      return compareRanks(measurements, judge, { count, alpha });
    case 'kayenta':
      return compareAsKayenta(measurements, judge, { count });
  }
}

/** The judge looks at every bound; the quantile is the one that people are shown. */
const quantileOf = (query: MetricQuery): number =>
  query.kind === 'requestLatency' ? query.quantile : 0.99;

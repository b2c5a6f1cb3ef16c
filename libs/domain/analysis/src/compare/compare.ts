import type { Duration } from '@spillway/kernel';
import type { Measurement } from '../measurement.js';
import type { MetricJudge, MetricQuery, MetricSpec } from '../metric/metric-spec.js';
import type { Comparison } from '../verdict.js';
import { compareErrors } from './compare-errors.js';
import { compareLatency } from './compare-latency.js';
import { compareAsKayenta, compareRanks } from './compare-ranks.js';
import type { Recall } from './recall.js';

/** A comparison, and whether a judge that keeps no α calls it harm by itself. */
export type Compared = Comparison & { readonly isHarm?: true };

interface Circumstances {
  readonly spec: MetricSpec;
  readonly alpha: number;
  /** The candidate has all traffic: that there is nothing to compare it with is no lack. */
  readonly isAlone: boolean;
  readonly hasOwnShare: boolean;
  readonly resolution: Duration;
  readonly recall: Recall | undefined;
}

/** What the metric's judge says of these measurements of one step; undefined before its first look. */
export function compare(
  measurements: readonly Measurement[],
  judge: MetricJudge,
  { spec: { count, minSample, query, interval }, alpha, ...given }: Circumstances,
): Compared | undefined {
  switch (judge.kind) {
    case 'errorCount':
      return compareErrors(measurements, judge, { alpha, ...given });
    case 'latency':
      return compareLatency(measurements, judge, {
        ...given,
        alpha,
        interval,
        quantile: quantileOf(query),
      });
    case 'mannWhitney':
      return compareRanks(measurements, judge, { count, minSample, alpha });
    case 'kayenta':
      return compareAsKayenta(measurements, judge, { count, minSample });
  }
}

/** The judge looks at every bound; the quantile is the one that people are shown. */
const quantileOf = (query: MetricQuery): number =>
  query.kind === 'requestLatency' ? query.quantile : 0.99;

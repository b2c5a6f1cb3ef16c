import {
  defaultAnalysisPolicy,
  defaultDetectionPlan,
  defaultSplitSettings,
  forecastDetection,
  judgeMetric,
  judgeSplit,
  weighEvidence,
  type Measurement,
  type MetricSpec,
  type Reading,
} from '@spillway/domain-analysis';
import { aMetricSpec } from '@spillway/domain-analysis/testing';
import { clusterName, duration, formatDuration, instant } from '@spillway/kernel';

const cluster = clusterName('eu-west');
const interval = 30_000;

/** Metrics of the guide's strategy. */
const errors: MetricSpec = aMetricSpec({
  name: 'errors',
  judge: { kind: 'errorCount', maxRatio: 1.2, minRequests: 2_000 },
  weight: 2,
  min: 95,
  count: 1,
  failureLimit: 3,
  minSample: 200,
  consecutiveErrorLimit: 4,
  noData: { kind: 'hold', deadline: duration(600_000), then: 'pause' },
  interval: duration(interval),
  window: duration(interval),
});
const { min: _unbound, ...unbound } = errors;
const latency: MetricSpec = {
  ...unbound,
  name: 'latency',
  query: { kind: 'requestLatency', quantile: 0.99 },
  judge: { kind: 'latency', maxRatio: 1, minRequests: 2_000 },
  weight: 1,
};

/** As at the first of seven measured steps in the first of three clusters. */
const course = {
  policy: defaultAnalysisPolicy,
  metrics: [errors, latency],
  clusters: 3,
  steps: { planned: 7, done: 0 },
  shown: [],
};

function said(spec: MetricSpec, readings: readonly Reading[]): string {
  const measurements = readings.map((reading, ordinal): Measurement => ({
    metric: spec.name,
    cluster,
    ordinal,
    from: instant(ordinal * interval),
    to: instant((ordinal + 1) * interval),
    reading,
  }));
  const alpha = (0.01 * (spec.weight ?? 1)) / 3;
  const given = { spec, cluster, measurements, since: instant(0), alpha };
  const now = instant(readings.length * interval);
  return weighEvidence([judgeMetric(given, now)], course)[0]?.because ?? '';
}

const arm = (requests: number, failed: number) => ({
  value: 100 * (1 - failed / requests),
  requests,
  errors: failed,
});
const counted = (
  candidate: readonly [requests: number, failed: number],
  stable: readonly [requests: number, failed: number],
): Reading => ({ kind: 'value', candidate: arm(...candidate), stable: arm(...stable) });

const timed = (counts: readonly number[]) => ({
  value: 1,
  requests: counts.reduce((sum, count) => sum + count, 0),
  histogram: { upperBounds: [50, 100, 250, 500, 1_000], counts },
});

/** What the guide explains to people on call. */
export const sentences = (): readonly string[] => [
  said(errors, [counted([2_010, 41], [38_190, 190])]),
  said(errors, [counted([2_010, 31], [38_190, 190])]),
  said(errors, [counted([2_010, 9], [38_190, 190])]),
  said(latency, [
    {
      kind: 'value',
      candidate: timed([1_000, 720, 180, 60, 60, 30]),
      stable: timed([20_000, 14_000, 3_000, 1_000, 150, 40]),
    },
  ]),
  said(errors, [
    counted([400, 40], [7_600, 700]),
    counted([410, 38], [7_700, 710]),
    counted([400, 41], [7_600, 700]),
    counted([400, 40], [7_600, 700]),
  ]),
  judgeSplit(
    { looks: [{ counts: [1_034, 3_966] }], cluster, arms: ['candidate', 'stable'] },
    { ...defaultSplitSettings, shares: [0.1, 0.9] },
  ).because,
  said(errors, [counted([120, 1], [2_280, 11])]),
  said(
    errors,
    Array.from({ length: 5 }, (): Reading => ({
      kind: 'error',
      message: 'connect ECONNREFUSED',
    })),
  ),
  said(errors, [{ kind: 'value', candidate: arm(2_010, 9) }]),
];

const weights = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5];

/** Rows of the guide's table: how long twice the errors take to be found. */
export const forecasts = (): readonly (readonly string[])[] =>
  weights.map((weight) => {
    const plan = { ...defaultDetectionPlan, requestsPerSecond: 100, errorRate: 0.005, weight };
    const found = forecastDetection(plan);
    const time = (seconds: number | undefined): string =>
      seconds === undefined ? 'more than a day' : formatDuration(duration(1_000 * seconds));
    const median = 'medianSeconds' in found ? found.medianSeconds : undefined;
    const quantile = found.kind === 'found' ? found.quantileSeconds : undefined;
    return [`${100 * weight} %`, time(median), time(quantile)];
  });

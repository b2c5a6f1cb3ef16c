import { expect, it } from '@jest/globals';
import { duration, sourceName } from '@spillway/kernel';
import type { MetricJudge, MetricQuery, MetricSpec } from './metric-spec.js';
import { aMetricSpec } from '../testing/index.js';
import { refuseMetric } from './refuse-metric.js';

const errorCount: MetricJudge = { kind: 'errorCount', maxRatio: 1, minRequests: 1 };
const latency: MetricJudge = { kind: 'latency', maxRatio: 1, minRequests: 1 };
const ranks: MetricJudge = { kind: 'mannWhitney', direction: 'increase', minPoints: 8 };
const kayenta: MetricJudge = { kind: 'kayenta', direction: 'increase' };

const source = sourceName('datadog');
const promql = (template: string): MetricQuery => ({ kind: 'promql', template });
const value = (text: string): MetricQuery => ({ kind: 'source', source, value: text });
const counts = (requests: string, errors: string): MetricQuery => ({
  kind: 'sourceCounts',
  source,
  requests,
  errors,
});
const quantile: MetricQuery = { kind: 'requestLatency', quantile: 0.9 };
const pushed: MetricQuery = { kind: 'pushed', metric: 'jobs' };
const named = 'up{version="{{version}}"}';

const refused = (spec: Partial<MetricSpec>) => refuseMetric(aMetricSpec(spec), 'metrics[0]');

it.each<[string, Partial<MetricSpec>]>([
  ['error counts of Istio’s metrics', { judge: errorCount }],
  ['error counts of a source', { judge: errorCount, query: counts(named, named) }],
  ['error counts that are pushed', { judge: errorCount, query: pushed }],
  ['latencies', { judge: latency, query: quantile }],
  ['ranks of what is pushed', { judge: ranks, query: pushed }],
  ['ranks of PromQL that names a version', { judge: ranks, query: promql(named) }],
  ['ranks of a source that names a version', { judge: kayenta, query: value(named) }],
  ['ranks of windows that overlap', { judge: ranks, query: pushed, window: duration(60_000) }],
  ['a margin above the allowed ratio', { judge: { ...errorCount, nonInferiorityMargin: 1.1 } }],
  ['half the weight', { judge: errorCount, weight: 0.5 }],
])('takes %s', (_, spec) => {
  expect(refused(spec)).toBeUndefined();
});

it.each<[string, Partial<MetricSpec>, string]>([
  ['error counts of latencies', { judge: errorCount, query: quantile }, '.judge'],
  ['error counts of one number', { judge: errorCount, query: value(named) }, '.judge'],
  ['latencies of success rates', { judge: latency }, '.judge'],
  ['ranks of a quantile', { judge: ranks, query: quantile }, '.judge'],
  ['ranks of a share', { judge: ranks }, '.judge'],
  ['latencies that are pushed', { judge: latency, query: pushed }, '.judge'],
  ['counts of windows that overlap', { judge: errorCount, window: duration(20_000) }, '.window'],
  ['counts of windows with gaps', { judge: errorCount, window: duration(5_000) }, '.window'],
  [
    'counts of half seconds, some of which two windows share',
    { judge: errorCount, interval: duration(1_500), window: duration(1_500) },
    '.interval',
  ],
  ['PromQL of no version', { judge: ranks, query: promql('up') }, '.query'],
  ['a source of no version', { judge: kayenta, query: value('up') }, '.query'],
  [
    'counts of which one has no version',
    { judge: errorCount, query: counts(named, 'up') },
    '.query',
  ],
  ['a ratio below 1', { judge: { ...errorCount, maxRatio: 0.9 } }, '.judge.errorCount.maxRatio'],
  [
    'a ratio that is not a number',
    { query: quantile, judge: { ...latency, maxRatio: NaN } },
    '.judge.latency.maxRatio',
  ],
  [
    'a margin that is the allowed ratio',
    { judge: { ...errorCount, maxRatio: 2, nonInferiorityMargin: 2 } },
    '.judge.errorCount.nonInferiorityMargin',
  ],
  ['a weight of 0', { weight: 0 }, '.weight'],
  ['a weight without end', { weight: Infinity }, '.weight'],
])('refuses %s', (_, spec, field) => {
  expect(refused(spec)).toMatchObject({ code: 'INVALID_STRATEGY', field: `metrics[0]${field}` });
});

it('needs no bound where it is compared', () => {
  const { min: _min, ...unbounded } = aMetricSpec({ judge: errorCount });
  expect(refuseMetric(unbounded, 'metrics[0]')).toBeUndefined();
});

import { expect, it } from '@jest/globals';
import { duration, sourceName } from '@spillway/kernel';
import type { MetricSpec } from './metric-spec.js';
import { queryVariables } from './query-template.js';
import { aMetricSpec } from '../testing/index.js';
import { refuseMetric } from './refuse-metric.js';

const sourceQuery = (value: string): Partial<MetricSpec> => ({
  query: { kind: 'source', source: sourceName('datadog'), value },
});
const countsQuery = (requests: string, errors: string): Partial<MetricSpec> => ({
  query: { kind: 'sourceCounts', source: sourceName('datadog'), requests, errors },
});
const promql = (template: string): Partial<MetricSpec> => ({ query: { kind: 'promql', template } });
const everyVariable = queryVariables.map((name) => `{{${name}}}`).join(' ');
const latency = (quantile: number): Partial<MetricSpec> => ({
  query: { kind: 'requestLatency', quantile },
});

it.each<[string, Partial<MetricSpec>, string]>([
  ['a min above the max', { min: 2, max: 1 }, 'metrics[0].min'],
  ['a quantile of 0', latency(0), 'metrics[0].query'],
  ['a quantile of 1', latency(1), 'metrics[0].query'],
  ['a quantile that is no number', latency(Number.NaN), 'metrics[0].query'],
  ['no measurement', { count: 0 }, 'metrics[0].count'],
  ['half a measurement', { count: 1.5 }, 'metrics[0].count'],
  ['a negative failure limit', { failureLimit: -1 }, 'metrics[0].failureLimit'],
  ['a negative error limit', { consecutiveErrorLimit: -1 }, 'metrics[0].consecutiveErrorLimit'],
  ['half a request', { minSample: 0.5 }, 'metrics[0].minSample'],
  ['an interval below a second', { interval: duration(999) }, 'metrics[0].interval'],
  ['a window below a second', { window: duration(999) }, 'metrics[0].window'],
  ['a variable of PromQL that is not known', promql('up{{foo}}'), 'metrics[0].query.promql'],
  ['one of a source', sourceQuery('{{foo}}'), 'metrics[0].query.source.value'],
  ['one in requests', countsQuery('{{foo}}', ''), 'metrics[0].query.sourceCounts.requests'],
  ['one in errors', countsQuery('', '{{foo}}'), 'metrics[0].query.sourceCounts.errors'],
])('refuses %s', (_, spec, field) => {
  expect(refuseMetric(aMetricSpec(spec), 'metrics[0]')).toMatchObject({
    code: 'INVALID_STRATEGY',
    field,
    message: expect.stringContaining('"success-rate"'),
  });
});

it('names the variables that are known where one is not', () => {
  expect(refuseMetric(aMetricSpec(promql('up{x="{{foo}}"}')), 'metrics[0]')).toMatchObject({
    message: 'Metric "success-rate" asks with {{foo}}, which is not known.',
    next: 'Known are {{namespace}}, {{service}}, {{version}}, {{cluster}}, {{window}}, {{windowSeconds}}.',
  });
});

it('refuses a metric without a bound', () => {
  const { min: _min, ...unbounded } = aMetricSpec();
  expect(refuseMetric(unbounded, 'metrics[2]')).toMatchObject({ field: 'metrics[2]' });
});

it.each<[string, Partial<MetricSpec>]>([
  [
    'the smallest of everything',
    { count: 1, failureLimit: 0, minSample: 0, interval: duration(1_000), window: duration(1_000) },
  ],
  ['one exact value', { min: 1, max: 1 }],
  ['a bound of zero', { min: 0 }],
  ['a high quantile', latency(0.999)],
  ['every variable in PromQL', promql(everyVariable)],
  ['every variable in a query of a source', sourceQuery(everyVariable)],
  ['every variable in counts', countsQuery(everyVariable, everyVariable)],
])('takes %s', (_, spec) => {
  expect(refuseMetric(aMetricSpec(spec), 'metrics[0]')).toBeUndefined();
});

import { expect, it } from '@jest/globals';
import { sourceName } from '@spillway/kernel';
import { describeQuery } from './describe-query.js';
import type { MetricQuery } from './metric-spec.js';

const source = sourceName('datadog');

it.each<[MetricQuery, string]>([
  [{ kind: 'requestSuccessRate' }, 'requests and failed requests, of Istio’s metrics'],
  [
    { kind: 'requestLatency', quantile: 0.99 },
    'requests by latency, of Istio’s metrics; quantile 0.99',
  ],
  [{ kind: 'promql', template: 'up{version="{{version}}"}' }, 'up{version="{{version}}"}'],
  [{ kind: 'source', source, value: 'sum:jobs' }, 'datadog: sum:jobs'],
  [{ kind: 'sourceCounts', source, requests: 'a', errors: 'b' }, 'datadog: b of a'],
  [{ kind: 'pushed', metric: 'jobs' }, 'measurements that are pushed as jobs'],
])('says what is asked: %j', (query, text) => {
  expect(describeQuery(query)).toBe(text);
});

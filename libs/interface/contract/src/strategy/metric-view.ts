import type { MetricQuery, MetricSpec, NoDataPolicy } from '@spillway/domain-analysis';
import { formatDuration } from '@spillway/kernel';
import type { ParsedMetric } from './metric-document.js';

export const toMetricDocument = (spec: MetricSpec): ParsedMetric => ({
  name: spec.name,
  query: toQueryDocument(spec.query),
  ...(spec.min === undefined ? {} : { min: spec.min }),
  ...(spec.max === undefined ? {} : { max: spec.max }),
  initialDelay: formatDuration(spec.initialDelay),
  interval: formatDuration(spec.interval),
  window: formatDuration(spec.window),
  count: spec.count,
  failureLimit: spec.failureLimit,
  consecutiveErrorLimit: spec.consecutiveErrorLimit,
  minSample: spec.minSample,
  noData: toNoDataDocument(spec.noData),
});

function toQueryDocument(query: MetricQuery): ParsedMetric['query'] {
  switch (query.kind) {
    case 'requestSuccessRate':
      return { requestSuccessRate: {} };
    case 'requestLatency':
      return { requestLatency: { quantile: query.quantile } };
    case 'promql':
      return { promql: query.template };
  }
}

const toNoDataDocument = (policy: NoDataPolicy): ParsedMetric['noData'] =>
  policy.kind === 'hold'
    ? { hold: { for: formatDuration(policy.deadline), then: policy.then } }
    : policy.kind;

import type { MetricQuery, MetricSpec, NoDataPolicy } from '@spillway/domain-analysis';
import { toDuration } from '../schema/scalars.js';
import type { ParsedMetric } from './metric-document.js';

export function toMetricSpec(metric: ParsedMetric): MetricSpec {
  return {
    name: metric.name,
    query: toQuery(metric.query),
    ...(metric.min === undefined ? {} : { min: metric.min }),
    ...(metric.max === undefined ? {} : { max: metric.max }),
    initialDelay: toDuration(metric.initialDelay),
    interval: toDuration(metric.interval),
    window: toDuration(metric.window ?? metric.interval),
    count: metric.count,
    failureLimit: metric.failureLimit,
    consecutiveErrorLimit: metric.consecutiveErrorLimit,
    minSample: metric.minSample,
    noData: toNoData(metric.noData),
  };
}

function toQuery(query: ParsedMetric['query']): MetricQuery {
  if ('requestSuccessRate' in query) return { kind: 'requestSuccessRate' };
  if ('promql' in query) return { kind: 'promql', template: query.promql };
  return { kind: 'requestLatency', quantile: query.requestLatency.quantile };
}

function toNoData(policy: ParsedMetric['noData']): NoDataPolicy {
  if (typeof policy === 'string') return { kind: policy };
  return { kind: 'hold', deadline: toDuration(policy.hold.for), then: policy.hold.then };
}

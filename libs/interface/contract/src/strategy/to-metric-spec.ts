import type { MetricJudge, MetricQuery, MetricSpec, NoDataPolicy } from '@spillway/domain-analysis';
import { sourceName } from '@spillway/kernel';
import { toDuration } from '../schema/scalars.js';
import type { ParsedJudge } from './judge-document.js';
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
    ...(metric.inconclusiveLimit === undefined
      ? {}
      : { inconclusiveLimit: metric.inconclusiveLimit }),
    consecutiveErrorLimit: metric.consecutiveErrorLimit,
    minSample: metric.minSample,
    noData: toNoData(metric.noData),
    ...(metric.judge === undefined ? {} : { judge: toJudge(metric.judge) }),
    ...(metric.weight === 1 ? {} : { weight: metric.weight }),
    ...(metric.dryRun ? { dryRun: true } : {}),
  };
}

function toJudge(judge: ParsedJudge): MetricJudge {
  if ('latency' in judge) return { kind: 'latency', ...judge.latency };
  if ('mannWhitney' in judge) return { kind: 'mannWhitney', ...judge.mannWhitney };
  if ('kayenta' in judge) return { kind: 'kayenta', ...judge.kayenta };
  const { nonInferiorityMargin, ...rest } = judge.errorCount;
  return {
    kind: 'errorCount',
    ...rest,
    ...(nonInferiorityMargin === undefined ? {} : { nonInferiorityMargin }),
  };
}

function toQuery(query: ParsedMetric['query']): MetricQuery {
  if ('requestSuccessRate' in query) return { kind: 'requestSuccessRate' };
  if ('promql' in query) return { kind: 'promql', template: query.promql };
  if ('pushed' in query) return { kind: 'pushed', metric: query.pushed };
  if ('source' in query) {
    const { name, value } = query.source;
    return { kind: 'source', source: sourceName(name), value };
  }
  if ('sourceCounts' in query) {
    const { name, ...counts } = query.sourceCounts;
    return { kind: 'sourceCounts', source: sourceName(name), ...counts };
  }
  return { kind: 'requestLatency', quantile: query.requestLatency.quantile };
}

function toNoData(policy: ParsedMetric['noData']): NoDataPolicy {
  if (typeof policy === 'string') return { kind: policy };
  return { kind: 'hold', deadline: toDuration(policy.hold.for), then: policy.hold.then };
}

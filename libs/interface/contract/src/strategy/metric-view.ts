import type { MetricJudge, MetricQuery, MetricSpec, NoDataPolicy } from '@spillway/domain-analysis';
import { formatDuration } from '@spillway/kernel';
import type { ParsedJudge } from './judge-document.js';
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
  ...(spec.inconclusiveLimit === undefined ? {} : { inconclusiveLimit: spec.inconclusiveLimit }),
  consecutiveErrorLimit: spec.consecutiveErrorLimit,
  minSample: spec.minSample,
  noData: toNoDataDocument(spec.noData),
  ...(spec.judge === undefined ? {} : { judge: toJudgeDocument(spec.judge) }),
  weight: spec.weight ?? 1,
  dryRun: spec.dryRun ?? false,
});

function toJudgeDocument({ kind, ...settings }: MetricJudge): ParsedJudge {
  return { [kind]: settings } as ParsedJudge;
}

function toQueryDocument(query: MetricQuery): ParsedMetric['query'] {
  switch (query.kind) {
    case 'requestSuccessRate':
      return { requestSuccessRate: {} };
    case 'requestLatency':
      return { requestLatency: { quantile: query.quantile } };
    case 'promql':
      return { promql: query.template };
    case 'source':
      return { source: { name: query.source, value: query.value } };
    case 'sourceCounts':
      return {
        sourceCounts: { name: query.source, requests: query.requests, errors: query.errors },
      };
    case 'pushed':
      return { pushed: query.metric };
  }
}

const toNoDataDocument = (policy: NoDataPolicy): ParsedMetric['noData'] =>
  policy.kind === 'hold'
    ? { hold: { for: formatDuration(policy.deadline), then: policy.then } }
    : policy.kind;

import type { MetricQuery } from './metric-spec.js';

/** What is asked: in words for Istio's metrics, else in the backend's own language. */
export function describeQuery(query: MetricQuery): string {
  switch (query.kind) {
    case 'requestSuccessRate':
      return 'requests and failed requests, of Istio’s metrics';
    case 'requestLatency':
      return `requests by latency, of Istio’s metrics; quantile ${query.quantile}`;
    case 'promql':
      return query.template;
    case 'source':
      return `${query.source}: ${query.value}`;
    case 'sourceCounts':
      return `${query.source}: ${query.errors} of ${query.requests}`;
    case 'pushed':
      return `measurements that are pushed as ${query.metric}`;
  }
}

import type { MetricSpec } from '@spillway/domain-analysis';
import { duration, sourceName } from '@spillway/kernel';

export const lookEvery = 10_000;

const spec = (
  name: string,
  given: Pick<MetricSpec, 'query'> & Partial<MetricSpec>,
): MetricSpec => ({
  name,
  initialDelay: duration(0),
  interval: duration(lookEvery),
  window: duration(lookEvery),
  count: 10,
  failureLimit: 0,
  consecutiveErrorLimit: 3,
  minSample: 0,
  noData: { kind: 'ignore' },
  ...given,
});

const gauge = (value: string): MetricSpec['query'] => ({
  kind: 'source',
  source: sourceName('prometheus'),
  value,
});

const byRanks = { kind: 'mannWhitney', direction: 'increase', minPoints: 10 } as const;

/** What a careful team would watch: requests are counted, gauges are compared by ranks. */
export const guardrails = {
  errors: spec('errors', {
    query: { kind: 'requestSuccessRate' },
    judge: { kind: 'errorCount', maxRatio: 1, minRequests: 100 },
  }),
  latency: spec('latency', {
    query: { kind: 'requestLatency', quantile: 0.99 },
    judge: { kind: 'latency', maxRatio: 1, minRequests: 100 },
  }),
  cpu: spec('cpu', { query: gauge('cpu'), judge: byRanks }),
  queue: spec('queue', { query: gauge('queue'), judge: byRanks }),
} as const;

export type MetricName = keyof typeof guardrails;

export const metricNames = Object.keys(guardrails) as readonly MetricName[];

export const specs: readonly MetricSpec[] = metricNames.map((name) => guardrails[name]);

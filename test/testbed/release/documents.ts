import type { MetricDocument, ServiceDocument, StrategyDocument } from '@spillway/sdk';

export const catalog = {
  name: 'shop/catalog',
  port: 80,
  stable: 'v1',
  clusters: ['eu-west', 'us-east'],
} satisfies ServiceDocument;

const often = {
  // Prometheus scrapes every second here.
  interval: '1s',
  count: 5,
  failureLimit: 1,
  consecutiveErrorLimit: 3,
  minSample: 1,
  noData: { hold: { for: '1m', then: 'pause' } },
} satisfies Partial<MetricDocument>;

const successRate: MetricDocument = {
  name: 'success-rate',
  query: { requestSuccessRate: {} },
  min: 80,
  judge: { errorCount: { minRequests: 50 } },
  ...often,
};

const latency: MetricDocument = {
  name: 'latency-p99',
  query: { requestLatency: { quantile: 0.99 } },
  max: 500,
  judge: { latency: { minRequests: 50 } },
  ...often,
};

export const strategies = {
  /** Judged on real metrics, one cluster first. */
  canary: {
    name: 'canary',
    waves: [{ clusters: ['eu-west'] }, { rest: true }],
    metrics: [successRate, latency],
    steps: [{ setWeight: 10 }, { analyze: {} }, { setWeight: 50 }, { bake: '2s' }],
    bakeAfterPromotion: '2s',
  },
  /** Both clusters at once. */
  together: {
    name: 'together',
    metrics: [successRate],
    steps: [{ setWeight: 20 }, { analyze: {} }],
  },
  /** Waits at 30 % in both clusters. */
  waiting: { name: 'waiting', steps: [{ setWeight: 30 }, { pause: {} }] },
  /** Many short steps, to be killed in. */
  quick: {
    name: 'quick',
    waves: [{ clusters: ['eu-west'] }, { rest: true }],
    steps: [{ setWeight: 10 }, { bake: '300ms' }, { setWeight: 50 }, { bake: '300ms' }],
  },
} as const satisfies Record<string, StrategyDocument>;

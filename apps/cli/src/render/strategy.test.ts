import { expect, it } from '@jest/globals';
import type { Strategy } from '@spillway/sdk';
import { strategyFacts, strategyTable } from './strategy.js';

type Metric = Strategy['metrics'][number];

const aMetric = (overrides: Partial<Metric>): Metric => ({
  name: 'm',
  query: { requestSuccessRate: {} },
  initialDelay: '0s',
  interval: '10s',
  window: '10s',
  count: 3,
  failureLimit: 0,
  consecutiveErrorLimit: 4,
  minSample: 1,
  noData: 'ignore',
  weight: 1,
  dryRun: false,
  ...overrides,
});

const strategy: Strategy = {
  name: 'compared',
  hooks: [],
  overrides: [],
  rollBack: 'everywhere',
  version: 1,
  waves: [{ rest: true }],
  maxUnavailableClusters: 0,
  metrics: [
    aMetric({ name: 'rate', min: 99, judge: { errorCount: { maxRatio: 1, minRequests: 100 } } }),
    aMetric({ name: 'p99', query: { requestLatency: { quantile: 0.99 } }, max: 500, weight: 2 }),
    aMetric({ name: 'queue', query: { promql: 'sum(queue)' }, min: 1, max: 9, dryRun: true }),
    aMetric({
      name: 'shop',
      query: { source: { name: 'datadog', value: 'avg:carts' } },
      judge: { kayenta: { direction: 'either' } },
    }),
    aMetric({
      name: 'gate',
      query: { sourceCounts: { name: 'influx', requests: 'r', errors: 'e' } },
      min: 99,
    }),
    aMetric({ name: 'own', query: { pushed: 'orders' }, min: 1 }),
  ],
  steps: [{ bakeUntil: { toFind: 2, power: 0.57, atMost: '1h' } }],
  analysis: { alpha: 0.01, metrics: 'holm', clusters: 'average' },
  verify: 'readBack',
  createdAt: '2026-01-05T10:00:00.000Z',
};

it('tells what each metric asks, what is wanted of it, and what all of them may spend', () => {
  const values = strategyFacts(strategy)
    .split('\n')
    .slice(5)
    .map((line) => line.split(/: +/).slice(1).join(': '));
  expect(values).toEqual([
    'success rate in %: at least 99, compared by errorCount; 3 × every 10s',
    'latency p99 in ms: at most 500; 3 × every 10s; weight 2',
    'sum(queue): at least 1, at most 9; 3 × every 10s; decides nothing',
    'avg:carts, asked of datadog: compared by kayenta; 3 × every 10s',
    'e of r, asked of influx: at least 99; 3 × every 10s',
    'pushed as orders: at least 1; 3 × every 10s',
    'bake until 2 × the errors would be found with 57 %, at most 1h',
    'alpha 0.01, shared by holm over metrics, average over clusters',
    '',
  ]);
});

it('is listed with its steps in words', () => {
  expect(strategyTable([strategy], Date.parse(strategy.createdAt))).toContain(
    'bake until 2 × the errors would be found with 57 %, at most 1h',
  );
});

it('tells how clusters take their turns, and what is different where', () => {
  const waves: Strategy['waves'] = [
    { clusters: ['eu', 'us'], atOnce: 1, bakeAfter: '30m' },
    { labels: { env: 'prod' }, pace: 2 },
    { rest: true, atOncePercent: 10 },
  ];
  const overrides: Strategy['overrides'] = [
    { clusters: ['ap'], pace: 3, bounds: [{ metric: 'p99', max: 800 }] },
    { labels: { env: 'test' }, bounds: [{ metric: 'rate', min: 90 }] },
  ];
  const shown = strategyFacts({
    ...strategy,
    waves,
    overrides,
    maxUnavailablePercent: 10,
    limits: { clustersPercent: 50, trafficPercent: 25 },
    rollBack: 'wave',
    metrics: [],
  });
  const values = Object.fromEntries(shown.split('\n').map((line) => line.split(/: +/)));
  expect(values).toMatchObject({
    'Wave 1': 'eu, us, 1 at once, then bakes for 30m',
    'Wave 2': 'clusters with env=prod, pace 2',
    'Wave 3': 'every cluster that is left, 10 % of them at once',
    'Override 1': 'ap, pace 3, p99 at most 800',
    'Override 2': 'clusters with env=test, rate at least 90',
    'May be unreachable': '0 clusters, or 10 % of them',
    Limits: '50 % of the clusters, 25 % of all traffic',
    'Rolls back': 'the wave that fails',
  });
});

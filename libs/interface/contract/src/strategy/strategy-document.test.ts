import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { strategyDocument } from './strategy-document.js';
import { toStrategy } from './to-strategy.js';
import { toStrategyView } from './strategy-view.js';

const everything = {
  name: 'everything',
  waves: [
    { clusters: ['eu-west'], pace: 0.5, bakeAfter: '30m' },
    { labels: { env: 'prod' }, atOnce: 3 },
    { rest: true, atOncePercent: 12.5 },
  ],
  maxUnavailableClusters: 1,
  maxUnavailablePercent: 10,
  overrides: [
    { clusters: ['ap-south'], pace: 2, bounds: [{ metric: 'p99', max: 800 }] },
    { labels: { env: 'test' }, pace: 0.5 },
  ],
  limits: { clustersPercent: 50, trafficPercent: 0.01 },
  rollBack: 'wave',
  metrics: [
    {
      name: 'success-rate',
      query: { requestSuccessRate: {} },
      min: 99,
      initialDelay: '5s',
      interval: '10s',
      window: '30s',
      count: 3,
      failureLimit: 1,
      inconclusiveLimit: 6,
      consecutiveErrorLimit: 2,
      minSample: 20,
      noData: { hold: { for: '2m', then: 'rollback' } },
    },
    { name: 'p99', query: { requestLatency: { quantile: 0.99 } }, max: 500, noData: 'ignore' },
    { name: 'queue', query: { promql: 'sum(queue)' }, min: 0, max: 10, noData: 'fail' },
    {
      name: 'errors',
      query: { requestSuccessRate: {} },
      judge: { errorCount: { maxRatio: 1.5, minRequests: 500, nonInferiorityMargin: 2 } },
      weight: 0.5,
      inconclusiveLimit: 0,
    },
    {
      name: 'slow',
      query: { requestLatency: { quantile: 0.5 } },
      judge: { latency: { maxRatio: 1.2, minRequests: 50 } },
    },
    {
      name: 'carts',
      query: { source: { name: 'datadog', value: 'avg:carts{v:{{version}}}' } },
      judge: { mannWhitney: { direction: 'decrease', minPoints: 20 } },
      dryRun: true,
    },
    {
      name: 'memory',
      query: { pushed: 'heap' },
      judge: { kayenta: { direction: 'either' } },
    },
    {
      name: 'orders',
      query: { sourceCounts: { name: 'influx', requests: 'all', errors: 'failed' } },
      max: 1,
    },
  ],
  steps: [
    { setWeight: 0.01 },
    { bake: '1m30s' },
    { bakeUntil: { toFind: 2, power: 0.8, atMost: '2h' } },
    { pause: {} },
    { pause: { for: '10m' } },
    { analyze: {} },
    { analyze: { metrics: [{ name: 'own', query: { requestSuccessRate: {} }, min: 95 }] } },
    { analyze: { iterations: 5 } },
    { ramp: { from: 0.02, to: 50, steps: 5, over: '20m' } },
    { switch: {} },
    { route: { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] } },
    { route: { name: 'edge', match: [{ uri: { prefix: '/' }, port: 80 }], where: 'edge' } },
    { removeRoute: 'testers' },
    { mirror: { percent: 0.01 } },
    { mirror: { percent: 100, methods: 'safe' } },
    { mirror: 'off' },
  ],
  sticky: { cookie: 'release', lifetime: '1h' },
  hooks: [
    {
      name: 'gate',
      point: 'confirm-promotion',
      url: 'https://gate.example/check?key=1',
      timeout: '5s',
      retries: 3,
      interval: '1m',
      failureLimit: 2,
      metadata: { cmd: 'hey -z 1m' },
      secret: 'gate-key',
    },
    { name: 'told', point: 'event', url: 'http://10.0.0.1:8080/' },
  ],
  analysis: { alpha: 0.02, metrics: 'eBH', clusters: 'product' },
  bakeAfterPromotion: '1m',
};

const strategyOf = (input: unknown) => {
  const made = toStrategy(input);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
};

describe('toStrategy', () => {
  it('reads every kind of wave, step, query and policy', () => {
    const strategy = strategyOf(everything);
    expect(strategy.waves).toEqual([
      { kind: 'names', names: ['eu-west'], pace: 0.5, bakeAfter: 1_800_000 },
      { kind: 'labels', labels: { env: 'prod' }, atOnce: 3 },
      { kind: 'rest', atOnce: { share: 1_250 } },
    ]);
    expect(strategy).toMatchObject({
      maxUnavailableShare: 1_000,
      overrides: [
        { kind: 'names', names: ['ap-south'], pace: 2, bounds: [{ metric: 'p99', max: 800 }] },
        { kind: 'labels', labels: { env: 'test' }, pace: 0.5 },
      ],
      limits: { clusters: 5_000, traffic: 1 },
      rollBack: 'wave',
    });
    expect(strategy.steps.slice(0, 6)).toEqual([
      { kind: 'setWeight', weight: 1 },
      { kind: 'bake', length: 90_000 },
      { kind: 'bake', length: 7_200_000, toFind: { ratio: 2, power: 0.8 } },
      { kind: 'pause' },
      { kind: 'pause', length: 600_000 },
      { kind: 'analyze', metrics: [] },
    ]);
    expect(strategy.steps.slice(7)).toEqual([
      { kind: 'analyze', metrics: [], iterations: 5 },
      { kind: 'ramp', from: 2, to: 5_000, steps: 5, over: 1_200_000 },
      { kind: 'switch' },
      {
        kind: 'route',
        route: { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] },
      },
      {
        kind: 'route',
        route: { name: 'edge', match: [{ uri: { prefix: '/' }, port: 80 }], where: 'edge' },
      },
      { kind: 'removeRoute', name: 'testers' },
      { kind: 'mirror', mirror: { share: 1, methods: 'all' } },
      { kind: 'mirror', mirror: { share: 10_000, methods: 'safe' } },
      { kind: 'mirror' },
    ]);
    expect(strategy.sticky).toEqual({ cookie: 'release', lifetime: 3_600_000 });
    expect(strategy.metrics.slice(0, 3).map(({ query, noData }) => [query, noData])).toEqual([
      [{ kind: 'requestSuccessRate' }, { kind: 'hold', deadline: 120_000, then: 'rollback' }],
      [{ kind: 'requestLatency', quantile: 0.99 }, { kind: 'ignore' }],
      [{ kind: 'promql', template: 'sum(queue)' }, { kind: 'fail' }],
    ]);
    expect(strategy.bakeAfterPromotion).toBe(60_000);
  });

  it('reads how versions are compared', () => {
    const { metrics, analysis } = strategyOf(everything);
    expect(analysis).toEqual({ alpha: 0.02, metrics: 'eBH', clusters: 'product' });
    expect(metrics[0]).toMatchObject({ inconclusiveLimit: 6 });
    for (const field of ['judge', 'weight', 'dryRun']) {
      expect(metrics[0]).not.toHaveProperty(field);
    }
    const compared = metrics
      .slice(3)
      .map(({ query, judge, weight, inconclusiveLimit, dryRun }) =>
        JSON.parse(JSON.stringify({ query, judge, weight, inconclusiveLimit, dryRun })),
      );
    expect(compared).toEqual([
      {
        query: { kind: 'requestSuccessRate' },
        judge: { kind: 'errorCount', maxRatio: 1.5, minRequests: 500, nonInferiorityMargin: 2 },
        weight: 0.5,
        inconclusiveLimit: 0,
      },
      {
        query: { kind: 'requestLatency', quantile: 0.5 },
        judge: { kind: 'latency', maxRatio: 1.2, minRequests: 50 },
      },
      {
        query: { kind: 'source', source: 'datadog', value: 'avg:carts{v:{{version}}}' },
        judge: { kind: 'mannWhitney', direction: 'decrease', minPoints: 20 },
        dryRun: true,
      },
      {
        query: { kind: 'pushed', metric: 'heap' },
        judge: { kind: 'kayenta', direction: 'either' },
      },
      { query: { kind: 'sourceCounts', source: 'influx', requests: 'all', errors: 'failed' } },
    ]);
  });

  it.each([
    [{ errorCount: {} }, { kind: 'errorCount', maxRatio: 1, minRequests: 100 }],
    [{ latency: {} }, { kind: 'latency', maxRatio: 1, minRequests: 100 }],
    [{ mannWhitney: {} }, { kind: 'mannWhitney', direction: 'increase', minPoints: 10 }],
    [{ kayenta: {} }, { kind: 'kayenta', direction: 'increase' }],
  ])('fills in what %j leaves out', (judge, expected) => {
    const metrics = [{ name: 'm', query: { requestSuccessRate: {} }, judge }];
    const steps = [{ bakeUntil: { toFind: 3, atMost: '1h' } }];
    const made = strategyOf({ name: 'a', steps, metrics, analysis: {} });
    expect(made.metrics[0]?.judge).toEqual(expected);
    expect(made.analysis).toEqual({ alpha: 0.01, metrics: 'weight', clusters: 'average' });
    expect(made.steps[0]).toMatchObject({ toFind: { ratio: 3, power: 0.9 } });
  });

  it('fills in what was left out', () => {
    const strategy = strategyOf({
      name: 'short',
      metrics: [{ name: 'rate', query: { requestSuccessRate: {} }, min: 99, interval: '20s' }],
      steps: [{ setWeight: 100 }],
    });
    expect(strategy).toEqual({
      name: 'short',
      waves: [{ kind: 'rest' }],
      maxUnavailableClusters: 0,
      metrics: [
        {
          name: 'rate',
          query: { kind: 'requestSuccessRate' },
          min: 99,
          initialDelay: 0,
          interval: 20_000,
          window: 20_000,
          count: 1,
          failureLimit: 0,
          consecutiveErrorLimit: 4,
          minSample: 1,
          noData: { kind: 'hold', deadline: 300_000, then: 'pause' },
        },
      ],
      steps: [{ kind: 'setWeight', weight: 10_000 }],
    });
  });

  it('gives a view that can be put again and says the same', () => {
    const strategy = strategyOf(everything);
    const { version, createdAt, ...document } = toStrategyView({
      ...strategy,
      version: 3,
      createdAt: instant(0),
    });
    expect([version, createdAt]).toEqual([3, '1970-01-01T00:00:00.000Z']);
    expect(strategyOf(document)).toEqual(strategy);
  });

  it('has examples that it accepts itself', () => {
    const examples = strategyDocument.meta()?.['examples'] ?? [];
    expect(examples).toHaveLength(1);
    for (const example of examples as unknown[]) expect(toStrategy(example).ok).toBe(true);
  });
});

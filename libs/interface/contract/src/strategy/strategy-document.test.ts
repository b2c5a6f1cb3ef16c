import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { strategyDocument } from './strategy-document.js';
import { toStrategy } from './to-strategy.js';
import { toStrategyView } from './strategy-view.js';

const everything = {
  name: 'everything',
  waves: [{ clusters: ['eu-west'], pace: 0.5 }, { labels: { env: 'prod' } }, { rest: true }],
  maxUnavailableClusters: 1,
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
      consecutiveErrorLimit: 2,
      minSample: 20,
      noData: { hold: { for: '2m', then: 'rollback' } },
    },
    { name: 'p99', query: { requestLatency: { quantile: 0.99 } }, max: 500, noData: 'ignore' },
    { name: 'queue', query: { promql: 'sum(queue)' }, min: 0, max: 10, noData: 'fail' },
  ],
  steps: [
    { setWeight: 0.01 },
    { bake: '1m30s' },
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
      { kind: 'names', names: ['eu-west'], pace: 0.5 },
      { kind: 'labels', labels: { env: 'prod' } },
      { kind: 'rest' },
    ]);
    expect(strategy.steps.slice(0, 5)).toEqual([
      { kind: 'setWeight', weight: 1 },
      { kind: 'bake', length: 90_000 },
      { kind: 'pause' },
      { kind: 'pause', length: 600_000 },
      { kind: 'analyze', metrics: [] },
    ]);
    expect(strategy.steps.slice(6)).toEqual([
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
    expect(strategy.metrics.map(({ query, noData }) => [query, noData])).toEqual([
      [{ kind: 'requestSuccessRate' }, { kind: 'hold', deadline: 120_000, then: 'rollback' }],
      [{ kind: 'requestLatency', quantile: 0.99 }, { kind: 'ignore' }],
      [{ kind: 'promql', template: 'sum(queue)' }, { kind: 'fail' }],
    ]);
    expect(strategy.bakeAfterPromotion).toBe(60_000);
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

  const metric = { name: 'm', query: { requestSuccessRate: {} }, min: 1 };
  it.each([
    ['metrics[0].min', { metrics: [{ ...metric, min: undefined }] }],
    ['metrics[0].max', { metrics: [{ ...metric, min: 2, max: 1 }] }],
    ['metrics', { metrics: [metric, metric] }],
    [
      'metrics[0].query.requestLatency.quantile',
      { metrics: [{ ...metric, query: { requestLatency: { quantile: 1 } } }] },
    ],
    [
      'metrics[0].noData.hold.for',
      { metrics: [{ ...metric, noData: { hold: { for: 'x', then: 'pause' } } }] },
    ],
    ['metrics[0].noData', { metrics: [{ ...metric, noData: 'wait' }] }],
    ['steps', { steps: [] }],
    ['steps[0].setWeight', { steps: [{ setWeight: 101 }] }],
    ['waves[0].labels', { waves: [{ labels: {} }] }],
    ['waves[0].pace', { waves: [{ rest: true, pace: 0 }] }],
    ['waves[0].pace', { waves: [{ rest: true, pace: 101 }] }],
    ['sticky.cookie', { sticky: { cookie: 'my cookie', lifetime: '1h' } }],
    ['sticky.cookie', { sticky: { cookie: 'a;b', lifetime: '1h' } }],
    ['sticky.lifetime', { sticky: { cookie: 'a', lifetime: '0s' } }],
    ['steps[0].ramp.steps', { steps: [{ ramp: { from: 1, to: 2, steps: 1, over: '1m' } }] }],
    ['steps[0].ramp.over', { steps: [{ ramp: { from: 1, to: 2, steps: 2, over: '0s' } }] }],
    ['steps[0].ramp.to', { steps: [{ ramp: { from: 1, steps: 2, over: '1m' } }] }],
    ['steps[0].mirror.percent', { steps: [{ mirror: { percent: 0.001 } }] }],
    ['steps[0].mirror', { steps: [{ mirror: 'on' }] }],
    ['steps[0].analyze.iterations', { steps: [{ analyze: { iterations: 0 } }] }],
    ['steps[0].removeRoute', { steps: [{ removeRoute: 'A' }] }],
  ])('points at %s', (field, change) => {
    const made = toStrategy({ name: 'a', steps: [{ setWeight: 1 }], ...change });
    expect(made).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', field } });
  });

  it('has examples that it accepts itself', () => {
    const examples = strategyDocument.meta()?.['examples'] ?? [];
    expect(examples).toHaveLength(1);
    for (const example of examples as unknown[]) expect(toStrategy(example).ok).toBe(true);
  });
});

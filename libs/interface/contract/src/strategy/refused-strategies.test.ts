import { expect, it } from '@jest/globals';
import { toStrategy } from './to-strategy.js';

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
  ['metrics[0].judge', { metrics: [{ ...metric, judge: { guess: {} } }] }],
  [
    'metrics[0].judge.errorCount.maxRatio',
    { metrics: [{ ...metric, judge: { errorCount: { maxRatio: 0.5 } } }] },
  ],
  [
    'metrics[0].judge.errorCount.nonInferiorityMargin',
    { metrics: [{ ...metric, judge: { errorCount: { nonInferiorityMargin: 1 } } }] },
  ],
  [
    'metrics[0].judge.mannWhitney.minPoints',
    { metrics: [{ ...metric, judge: { mannWhitney: { minPoints: 1 } } }] },
  ],
  ['metrics[0].weight', { metrics: [{ ...metric, weight: 0 }] }],
  ['metrics[0].inconclusiveLimit', { metrics: [{ ...metric, inconclusiveLimit: -1 }] }],
  ['metrics[0].dryRun', { metrics: [{ ...metric, dryRun: 'yes' }] }],
  [
    'metrics[0].query.source.name',
    { metrics: [{ ...metric, query: { source: { name: 'My DB', value: 'q' } } }] },
  ],
  ['analysis.alpha', { analysis: { alpha: 0.5 } }],
  ['analysis.alpha', { analysis: { alpha: 0 } }],
  ['analysis.clusters', { analysis: { clusters: 'sum' } }],
  ['steps', { steps: [] }],
  ['steps[0].setWeight', { steps: [{ setWeight: 101 }] }],
  ['waves[0].labels', { waves: [{ labels: {} }] }],
  ['waves[0].pace', { waves: [{ rest: true, pace: 0 }] }],
  ['waves[0].pace', { waves: [{ rest: true, pace: 101 }] }],
  ['waves[0].atOnce', { waves: [{ rest: true, atOnce: 0 }] }],
  ['waves[0].atOncePercent', { waves: [{ rest: true, atOncePercent: 0 }] }],
  ['waves[0].bakeAfter', { waves: [{ rest: true, bakeAfter: '0s' }] }],
  ['waves[0]', { waves: [{ rest: true, atOnce: 1, atOncePercent: 5 }] }],
  ['maxUnavailablePercent', { maxUnavailablePercent: 101 }],
  ['overrides[0]', { overrides: [{ rest: true }] }],
  ['overrides[0].bounds[0]', { overrides: [{ clusters: ['a'], bounds: [{ metric: 'm' }] }] }],
  ['limits', { limits: {} }],
  ['limits.trafficPercent', { limits: { trafficPercent: 0 } }],
  ['rollBack', { rollBack: 'nowhere' }],
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
  ['steps[0].bakeUntil.toFind', { steps: [{ bakeUntil: { toFind: 1, atMost: '1h' } }] }],
  ['steps[0].bakeUntil.power', { steps: [{ bakeUntil: { toFind: 2, power: 1, atMost: '1h' } }] }],
  ['steps[0].bakeUntil.atMost', { steps: [{ bakeUntil: { toFind: 2 } }] }],
])('what is wrong in a strategy is pointed at: %s', (field, change) => {
  const made = toStrategy({ name: 'a', steps: [{ setWeight: 1 }], ...change });
  expect(made).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', field } });
});

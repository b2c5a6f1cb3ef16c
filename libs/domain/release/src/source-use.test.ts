import { expect, it } from '@jest/globals';
import { clusterName, duration, sourceName } from '@spillway/kernel';
import { expandPlan } from './expand-plan.js';
import { sourcesOfPlan, sourcesOfStrategy } from './source-use.js';
import { aMetric, aStrategy } from './testing/index.js';

const asking = (name: string, source: string) =>
  aMetric({ name, query: { kind: 'source', source: sourceName(source), value: 'q' } });
const counting = (name: string, source: string) =>
  aMetric({
    name,
    query: { kind: 'sourceCounts', source: sourceName(source), requests: 'q', errors: 'e' },
  });
const eu = { name: clusterName('eu'), labels: {} };

const asksEverywhere = aStrategy({
  metrics: [aMetric(), asking('age', 'datadog')],
  steps: [
    { kind: 'switch' },
    { kind: 'analyze', metrics: [] },
    { kind: 'analyze', metrics: [counting('orders', 'warehouse'), aMetric()] },
  ],
});

it('names every source of a strategy by the field that asks it', () => {
  expect(sourcesOfStrategy(asksEverywhere)).toEqual([
    { source: 'datadog', field: 'metrics[1].query.source.name' },
    { source: 'warehouse', field: 'steps[2].analyze.metrics[0].query.sourceCounts.name' },
  ]);
  expect(sourcesOfStrategy(aStrategy())).toEqual([]);
});

it('knows every source that a plan asks, in its steps and after them', () => {
  const plan = expandPlan(asksEverywhere, [eu]);
  expect(plan.ok && sourcesOfPlan(plan.value)).toEqual(new Set(['datadog', 'warehouse']));
  const later = aStrategy({
    metrics: [asking('age', 'datadog')],
    steps: [{ kind: 'switch' }],
    bakeAfterPromotion: duration(60_000),
  });
  const baking = expandPlan(later, [eu]);
  expect(baking.ok && sourcesOfPlan(baking.value)).toEqual(new Set(['datadog']));
  expect(sourcesOfPlan({ steps: [] })).toEqual(new Set());
});

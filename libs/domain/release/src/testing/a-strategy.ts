import type { MetricSpec } from '@spillway/domain-analysis';
import { basisPoints, duration, strategyName } from '@spillway/kernel';
import type { Strategy } from '../strategy.js';

/** Success rate of at least 99 %, looked at once a minute, three times. */
export const aMetric = (overrides: Partial<MetricSpec> = {}): MetricSpec => ({
  name: 'success-rate',
  query: { kind: 'requestSuccessRate' },
  min: 99,
  initialDelay: duration(0),
  interval: duration(60_000),
  window: duration(60_000),
  count: 3,
  failureLimit: 0,
  consecutiveErrorLimit: 3,
  minSample: 20,
  noData: { kind: 'ignore' },
  ...overrides,
});

/** 10 %, bake, 50 %, bake in every cluster at once, watched by `aMetric`. */
export const aStrategy = (overrides: Partial<Strategy> = {}): Strategy => ({
  name: strategyName('canary-10'),
  version: 1,
  waves: [{ kind: 'rest' }],
  maxUnavailableClusters: 0,
  metrics: [aMetric()],
  steps: [
    { kind: 'setWeight', weight: basisPoints(1_000) },
    { kind: 'bake', length: duration(300_000) },
    { kind: 'setWeight', weight: basisPoints(5_000) },
    { kind: 'bake', length: duration(300_000) },
  ],
  ...overrides,
});

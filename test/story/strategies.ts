import type { MetricSpec } from '@spillway/domain-analysis';
import type { StepTemplate, StrategyDraft } from '@spillway/domain-release';
import type { MatchRoute } from '@spillway/domain-traffic';
import { clusterName, duration, parsePercent, type BasisPoints } from '@spillway/kernel';

export const percent = (n: number): BasisPoints => parsePercent(n) as BasisPoints;
export const seconds = (n: number) => duration(n * 1_000);

const everyFiveSeconds = {
  initialDelay: seconds(0),
  interval: seconds(5),
  window: seconds(5),
  count: 3,
  failureLimit: 1,
  consecutiveErrorLimit: 3,
  minSample: 20,
  noData: { kind: 'hold', deadline: seconds(60), then: 'pause' },
} as const;

export const successRate: MetricSpec = {
  ...everyFiveSeconds,
  name: 'success-rate',
  query: { kind: 'requestSuccessRate' },
  min: 90,
  judge: { kind: 'errorCount', maxRatio: 1, minRequests: 50 },
};

export const latency: MetricSpec = {
  ...everyFiveSeconds,
  name: 'latency-p99',
  query: { kind: 'requestLatency', quantile: 0.99 },
  max: 500,
};

export const at = (weight: number): StepTemplate => ({
  kind: 'setWeight',
  weight: percent(weight),
});

export const testers: MatchRoute = {
  name: 'testers',
  match: [{ headers: { 'x-tester': { exact: 'yes' } } }],
};

/** 10, 50, 100 %, analysed between; the first cluster goes before the rest. */
export const canary = (change: Partial<StrategyDraft> = {}): StrategyDraft => ({
  waves: [{ kind: 'names', names: [clusterName('eu-west')] }, { kind: 'rest' }],
  maxUnavailableClusters: 0,
  metrics: [successRate, latency],
  steps: [at(10), { kind: 'analyze', metrics: [] }, at(50), { kind: 'bake', length: seconds(10) }],
  ...change,
});

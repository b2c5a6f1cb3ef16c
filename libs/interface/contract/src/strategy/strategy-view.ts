import type { StrategyRecord } from '@spillway/application';
import type { MetricQuery, MetricSpec, NoDataPolicy } from '@spillway/domain-analysis';
import type { StepTemplate } from '@spillway/domain-release';
import type { ClusterSelector } from '@spillway/domain-topology';
import { formatDuration } from '@spillway/kernel';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { strategyDocument, type ParsedStrategy } from './strategy-document.js';
import type { ParsedMetric } from './metric-document.js';

/** The document with its defaults filled in; without `version` and `createdAt` it can be put again. */
export const strategyView = z
  .object({
    ...strategyDocument.shape,
    version: z.int().min(1).describe('Counts the changes of the strategy.'),
    createdAt: moment.describe('When this version was made.'),
  })
  .describe('A strategy in one of its versions, defaults filled in.');

export type StrategyView = z.output<typeof strategyView>;

export const toStrategyView = (record: StrategyRecord): StrategyView => ({
  name: record.name,
  version: record.version,
  waves: record.waves.map(toWaveDocument),
  maxUnavailableClusters: record.maxUnavailableClusters,
  metrics: record.metrics.map(toMetricDocument),
  steps: record.steps.map(toStepDocument),
  ...(record.bakeAfterPromotion === undefined
    ? {}
    : { bakeAfterPromotion: formatDuration(record.bakeAfterPromotion) }),
  createdAt: toMoment(record.createdAt),
});

function toWaveDocument(wave: ClusterSelector): ParsedStrategy['waves'][number] {
  switch (wave.kind) {
    case 'names':
      return { clusters: [...wave.names] };
    case 'labels':
      return { labels: { ...wave.labels } };
    case 'rest':
      return { rest: true };
  }
}

function toStepDocument(step: StepTemplate): ParsedStrategy['steps'][number] {
  switch (step.kind) {
    case 'setWeight':
      return { setWeight: step.weight / 100 };
    case 'bake':
      return { bake: formatDuration(step.length) };
    case 'pause':
      return { pause: step.length === undefined ? {} : { for: formatDuration(step.length) } };
    case 'analyze':
      return { analyze: { metrics: step.metrics.map(toMetricDocument) } };
  }
}

const toMetricDocument = (spec: MetricSpec): ParsedMetric => ({
  name: spec.name,
  query: toQueryDocument(spec.query),
  ...(spec.min === undefined ? {} : { min: spec.min }),
  ...(spec.max === undefined ? {} : { max: spec.max }),
  initialDelay: formatDuration(spec.initialDelay),
  interval: formatDuration(spec.interval),
  window: formatDuration(spec.window),
  count: spec.count,
  failureLimit: spec.failureLimit,
  consecutiveErrorLimit: spec.consecutiveErrorLimit,
  minSample: spec.minSample,
  noData: toNoDataDocument(spec.noData),
});

function toQueryDocument(query: MetricQuery): ParsedMetric['query'] {
  switch (query.kind) {
    case 'requestSuccessRate':
      return { requestSuccessRate: {} };
    case 'requestLatency':
      return { requestLatency: { quantile: query.quantile } };
    case 'promql':
      return { promql: query.template };
  }
}

const toNoDataDocument = (policy: NoDataPolicy): ParsedMetric['noData'] =>
  policy.kind === 'hold'
    ? { hold: { for: formatDuration(policy.deadline), then: policy.then } }
    : policy.kind;

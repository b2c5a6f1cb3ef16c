import type { MetricQuery, MetricSpec, NoDataPolicy } from '@spillway/domain-analysis';
import type { Strategy, StepTemplate } from '@spillway/domain-release';
import type { ClusterSelector } from '@spillway/domain-topology';
import {
  basisPoints,
  clusterName,
  ok,
  parsePercent,
  strategyName,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { parse } from '../schema/parse.js';
import { toDuration } from '../schema/scalars.js';
import type { ParsedMetric } from './metric-document.js';
import { strategyDocument, type ParsedStrategy } from './strategy-document.js';

/**
 * A strategy document, as it came, to what `putStrategy` takes. Its shape is
 * checked here; whether the steps make sense together is the domain's to say.
 */
export function toStrategy(input: unknown): Result<Omit<Strategy, 'version'>, Refusal> {
  const parsed = parse(strategyDocument, input);
  if (!parsed.ok) return parsed;
  const { name, waves, maxUnavailableClusters, metrics, steps, bakeAfterPromotion } = parsed.value;
  return ok({
    name: strategyName(name),
    waves: waves.map(toSelector),
    maxUnavailableClusters,
    metrics: metrics.map(toMetricSpec),
    steps: steps.map(toStep),
    ...(bakeAfterPromotion === undefined
      ? {}
      : { bakeAfterPromotion: toDuration(bakeAfterPromotion) }),
  });
}

function toSelector(wave: ParsedStrategy['waves'][number]): ClusterSelector {
  if ('rest' in wave) return { kind: 'rest' };
  if ('labels' in wave) return { kind: 'labels', labels: wave.labels };
  return { kind: 'names', names: wave.clusters.map(clusterName) };
}

function toStep(step: ParsedStrategy['steps'][number]): StepTemplate {
  if ('setWeight' in step) {
    return { kind: 'setWeight', weight: basisPoints(parsePercent(step.setWeight) ?? Number.NaN) };
  }
  if ('bake' in step) return { kind: 'bake', length: toDuration(step.bake) };
  if ('analyze' in step)
    return { kind: 'analyze', metrics: step.analyze.metrics.map(toMetricSpec) };
  const { for: length } = step.pause;
  return { kind: 'pause', ...(length === undefined ? {} : { length: toDuration(length) }) };
}

function toMetricSpec(metric: ParsedMetric): MetricSpec {
  return {
    name: metric.name,
    query: toQuery(metric.query),
    ...(metric.min === undefined ? {} : { min: metric.min }),
    ...(metric.max === undefined ? {} : { max: metric.max }),
    initialDelay: toDuration(metric.initialDelay),
    interval: toDuration(metric.interval),
    window: toDuration(metric.window ?? metric.interval),
    count: metric.count,
    failureLimit: metric.failureLimit,
    consecutiveErrorLimit: metric.consecutiveErrorLimit,
    minSample: metric.minSample,
    noData: toNoData(metric.noData),
  };
}

function toQuery(query: ParsedMetric['query']): MetricQuery {
  if ('requestSuccessRate' in query) return { kind: 'requestSuccessRate' };
  if ('promql' in query) return { kind: 'promql', template: query.promql };
  return { kind: 'requestLatency', quantile: query.requestLatency.quantile };
}

function toNoData(policy: ParsedMetric['noData']): NoDataPolicy {
  if (typeof policy === 'string') return { kind: policy };
  return { kind: 'hold', deadline: toDuration(policy.hold.for), then: policy.hold.then };
}

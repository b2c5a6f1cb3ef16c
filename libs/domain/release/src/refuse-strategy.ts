import { refuseMetric, type MetricSpec } from '@spillway/domain-analysis';
import { refusal, type Refusal } from '@spillway/kernel';
import { refuseGate } from './gate/refuse-gate.js';
import { refuseHooks } from './hook/refuse-hooks.js';
import { firstRefusal } from './first-refusal.js';
import { refuseOverrides } from './refuse-overrides.js';
import { refuseTraffic } from './refuse-traffic.js';
import { refuseWaves } from './refuse-waves.js';
import type { StepTemplate, StrategyDraft } from './strategy.js';

/** What is wrong with a strategy whatever the clusters are; `undefined` when nothing is. */
export function refuseStrategy(strategy: StrategyDraft): Refusal | undefined {
  return (
    refuseWaves(strategy) ??
    refuseMetrics(strategy.metrics, 'metrics') ??
    refuseOverrides(strategy) ??
    firstRefusal(strategy.steps, (step, i) => {
      if (step.kind === 'analyze') return refuseAnalyze(step, strategy, i);
      if (step.kind === 'gate') return refuseGate(step, strategy.steps, i);
      return step.kind === 'bake' ? refuseSearch(step, strategy, i) : undefined;
    }) ??
    refuseTraffic(strategy.steps) ??
    refuseHooks(strategy.hooks ?? [])
  );
}

function refuseMetrics(metrics: readonly MetricSpec[], path: string): Refusal | undefined {
  return firstRefusal(metrics, (metric, i) => {
    const field = `${path}[${i}]`;
    if (metrics.findIndex(({ name }) => name === metric.name) < i) {
      return refusal(
        'INVALID_STRATEGY',
        `Metric "${metric.name}" is there twice.`,
        'Give each metric a name of its own.',
        `${field}.name`,
      );
    }
    return refuseMetric(metric, field);
  });
}

function refuseAnalyze(
  step: Extract<StepTemplate, { kind: 'analyze' }>,
  { metrics }: StrategyDraft,
  index: number,
): Refusal | undefined {
  const field = `steps[${index}].analyze`;
  if (step.metrics.length === 0 && metrics.length === 0) {
    const next = 'Add metrics to the strategy or to the step.';
    return refusal('INVALID_STRATEGY', 'An analyze step has no metrics.', next, field);
  }
  const { iterations = 1 } = step;
  if (!Number.isInteger(iterations) || iterations < 1) {
    const next = 'Write a whole number from 1.';
    return refusal(
      'INVALID_STRATEGY',
      `An analyze step has ${iterations} iterations.`,
      next,
      field,
    );
  }
  return refuseMetrics(step.metrics, `${field}.metrics`);
}

/** A bake that is to find something needs a metric that can find it. */
function refuseSearch(
  { toFind }: Extract<StepTemplate, { kind: 'bake' }>,
  { metrics }: StrategyDraft,
  index: number,
): Refusal | undefined {
  const finds = ({ judge, dryRun }: MetricSpec): boolean =>
    judge?.kind === 'errorCount' && judge.maxRatio < (toFind?.ratio ?? Infinity) && dryRun !== true;
  if (toFind === undefined || metrics.some(finds)) return undefined;
  return refusal(
    'INVALID_STRATEGY',
    `A bake is to find ${toFind.ratio} times the errors, and no metric would.`,
    'Give the strategy a metric with the judge errorCount and a smaller maxRatio.',
    `steps[${index}].bakeUntil`,
  );
}

import type { MetricSpec } from '@spillway/domain-analysis';
import { planWaves, type Cluster } from '@spillway/domain-topology';
import {
  EVERYTHING,
  duration,
  ok,
  refuse,
  type Duration,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import type { Plan, Step } from './plan.js';
import { refuseStrategy } from './refuse-strategy.js';
import { lastWeight, rampWeights } from './template-weights.js';
import type { StepTemplate, StrategyDraft } from './strategy.js';

/**
 * Expands a strategy for a service's clusters: every wave takes all steps before
 * the next one begins, and each ends at 100 %.
 *
 * Refuses what `refuseStrategy` refuses, and waves that do not fit the clusters.
 */
export function expandPlan(
  strategy: StrategyDraft,
  clusters: readonly Cluster[],
): Result<Plan, Refusal> {
  const wrong = refuseStrategy(strategy);
  if (wrong !== undefined) return refuse(wrong);
  const waves = planWaves(clusters, strategy.waves);
  if (!waves.ok) return waves;

  const templates = completed(strategy.steps);
  const { analysis, bakeAfterPromotion, hooks = [], rollbackGate, sticky, verify } = strategy;
  return ok({
    waves: waves.value,
    steps: waves.value.flatMap((_, wave) =>
      templates.flatMap((template) => bind(template, wave, strategy)),
    ),
    maxUnavailableClusters: strategy.maxUnavailableClusters,
    ...(sticky === undefined ? {} : { sticky }),
    ...(verify === undefined ? {} : { verify }),
    ...(analysis === undefined ? {} : { analysis }),
    ...(hooks.length === 0 ? {} : { hooks }),
    ...(rollbackGate === undefined ? {} : { rollbackGate }),
    ...(bakeAfterPromotion === undefined
      ? {}
      : { bakeAfterPromotion: { length: bakeAfterPromotion, metrics: strategy.metrics } }),
  });
}

/** Appends the step to 100 % where it is not the last weight that is set. */
function completed(steps: readonly StepTemplate[]): readonly StepTemplate[] {
  const weights = steps.map(lastWeight).filter((weight) => weight !== undefined);
  return weights.at(-1) === EVERYTHING ? steps : [...steps, { kind: 'switch' }];
}

type Context = Pick<StrategyDraft, 'metrics' | 'waves'>;

function bind(template: StepTemplate, wave: number, context: Context): readonly Step[] {
  const { metrics, waves } = context;
  const slower = (length: Duration) => duration(Math.round(length * (waves[wave]?.pace ?? 1)));
  if (template.kind === 'switch') return [{ kind: 'setWeight', weight: EVERYTHING, wave }];
  if (template.kind === 'bake') {
    return [{ ...template, length: slower(template.length), wave, metrics }];
  }
  if (template.kind === 'ramp') {
    return rampWeights(template).flatMap((weight): readonly Step[] => [
      { kind: 'setWeight', weight, wave },
      { kind: 'bake', length: slower(duration(template.over / template.steps)), wave, metrics },
    ]);
  }
  if (template.kind === 'analyze') {
    return [{ kind: 'analyze', metrics: counted(template, metrics), wave }];
  }
  return [{ ...template, wave }];
}

/** The step's own metrics, or those of the strategy, as often as it iterates. */
const counted = (
  { metrics, iterations }: Extract<StepTemplate, { kind: 'analyze' }>,
  others: readonly MetricSpec[],
): readonly MetricSpec[] =>
  (metrics.length > 0 ? metrics : others).map((metric) => ({
    ...metric,
    count: iterations ?? metric.count,
  }));

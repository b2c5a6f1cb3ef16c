import type { MetricSpec } from '@spillway/domain-analysis';
import { planWaves, portionOf, type Cluster, type PlannedWave } from '@spillway/domain-topology';
import {
  EVERYTHING,
  NOTHING,
  duration,
  ok,
  refuse,
  type Duration,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { boundsOf, slowestPace } from './overrides.js';
import type { Plan, Step } from './plan.js';
import { refuseStrategy } from './refuse-strategy.js';
import { lastWeight, rampWeights } from './template-weights.js';
import type { StepTemplate, StrategyDraft } from './strategy.js';

/**
 * Expands a strategy for a service's clusters: every wave takes all steps before
 * the next one begins, and each ends at 100 %, or bakes there.
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

  const { maxUnavailableClusters: count, maxUnavailableShare: share = NOTHING } = strategy;
  return ok({
    waves: waves.value.map((wave) => wave.clusters),
    steps: stepsOf(strategy, clusters, waves.value),
    maxUnavailableClusters: Math.max(count, portionOf({ share }, clusters.length)),
    ...boundsOf(strategy.overrides ?? [], clusters),
    ...asStrategySays(strategy),
  });
}

/** What a plan has of its strategy as it is. */
function asStrategySays(
  strategy: StrategyDraft,
): Omit<Plan, 'waves' | 'steps' | 'maxUnavailableClusters'> {
  const { analysis, bakeAfterPromotion, hooks = [], metrics } = strategy;
  const { limits, rollBack, rollbackGate, sticky, verify } = strategy;
  return {
    ...(limits === undefined ? {} : { limits }),
    ...(rollBack === undefined ? {} : { rollBack }),
    ...(sticky === undefined ? {} : { sticky }),
    ...(verify === undefined ? {} : { verify }),
    ...(analysis === undefined ? {} : { analysis }),
    ...(hooks.length === 0 ? {} : { hooks }),
    ...(rollbackGate === undefined ? {} : { rollbackGate }),
    ...(bakeAfterPromotion === undefined
      ? {}
      : { bakeAfterPromotion: { length: bakeAfterPromotion, metrics } }),
  };
}

/** Every wave takes all steps, in its own time. */
function stepsOf(
  { steps, metrics, waves, overrides = [] }: StrategyDraft,
  clusters: readonly Cluster[],
  planned: readonly PlannedWave[],
): readonly Step[] {
  const templates = completed(steps);
  return planned.flatMap((plannedWave, wave) => {
    const { pace = 1, bakeAfter } = waves[plannedWave.of] ?? {};
    const slowest = pace * slowestPace(overrides, clusters, plannedWave.clusters);
    const own = templates.flatMap((template) => bind(template, { wave, metrics, pace: slowest }));
    if (bakeAfter === undefined) return own;
    return [...own, { kind: 'bake', length: bakeAfter, wave, metrics }];
  });
}

/** Appends the step to 100 % where it is not the last weight that is set. */
function completed(steps: readonly StepTemplate[]): readonly StepTemplate[] {
  const weights = steps.map(lastWeight).filter((weight) => weight !== undefined);
  return weights.at(-1) === EVERYTHING ? steps : [...steps, { kind: 'switch' }];
}

interface Context {
  readonly wave: number;
  readonly metrics: readonly MetricSpec[];
  readonly pace: number;
}

function bind(template: StepTemplate, { wave, metrics, pace }: Context): readonly Step[] {
  const slower = (length: Duration) => duration(Math.round(length * pace));
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

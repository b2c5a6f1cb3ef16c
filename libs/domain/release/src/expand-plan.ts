import type { MetricSpec } from '@spillway/domain-analysis';
import { planWaves, type Cluster } from '@spillway/domain-topology';
import { EVERYTHING, ok, refuse, type Refusal, type Result } from '@spillway/kernel';
import type { Plan, Step } from './plan.js';
import { refuseStrategy } from './refuse-strategy.js';
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
  const { bakeAfterPromotion } = strategy;
  return ok({
    waves: waves.value,
    steps: waves.value.flatMap((_, wave) =>
      templates.map((template) => bind(template, wave, strategy.metrics)),
    ),
    maxUnavailableClusters: strategy.maxUnavailableClusters,
    ...(bakeAfterPromotion === undefined
      ? {}
      : { bakeAfterPromotion: { length: bakeAfterPromotion, metrics: strategy.metrics } }),
  });
}

/** Appends the step to 100 % where it is not the last weight that is set. */
function completed(steps: readonly StepTemplate[]): readonly StepTemplate[] {
  const last = steps.findLast((step) => step.kind === 'setWeight');
  if (last?.kind === 'setWeight' && last.weight === EVERYTHING) return steps;
  return [...steps, { kind: 'setWeight', weight: EVERYTHING }];
}

function bind(template: StepTemplate, wave: number, metrics: readonly MetricSpec[]): Step {
  switch (template.kind) {
    case 'setWeight':
    case 'pause':
      return { ...template, wave };
    case 'bake':
      return { ...template, wave, metrics };
    case 'analyze':
      return {
        ...template,
        wave,
        metrics: template.metrics.length > 0 ? template.metrics : metrics,
      };
  }
}

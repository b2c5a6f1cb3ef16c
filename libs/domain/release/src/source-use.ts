import type { MetricQuery, MetricSpec } from '@spillway/domain-analysis';
import type { SourceName } from '@spillway/kernel';
import { metricsOf } from './active-metrics.js';
import type { Plan } from './plan.js';
import type { StrategyDraft } from './strategy.js';

/** A source that a strategy asks, and the field of the document that says so. */
export interface SourceUse {
  readonly source: SourceName;
  readonly field: string;
}

/** Every source that a strategy asks, in the order of its fields. */
export const sourcesOfStrategy = ({
  metrics,
  steps,
}: Pick<StrategyDraft, 'metrics' | 'steps'>): readonly SourceUse[] => [
  ...usesIn(metrics, 'metrics'),
  ...steps.flatMap((step, i) =>
    step.kind === 'analyze' ? usesIn(step.metrics, `steps[${i}].analyze.metrics`) : [],
  ),
];

/** Every source that a release asks until it ends. */
export const sourcesOfPlan = ({
  steps,
  bakeAfterPromotion,
}: Pick<Plan, 'steps' | 'bakeAfterPromotion'>): ReadonlySet<SourceName> =>
  new Set(
    [...steps.flatMap(metricsOf), ...(bakeAfterPromotion?.metrics ?? [])]
      .map(({ query }) => sourceOf(query))
      .filter((source) => source !== undefined),
  );

const usesIn = (metrics: readonly MetricSpec[], path: string): readonly SourceUse[] =>
  metrics.flatMap(({ query }, i) => {
    const source = sourceOf(query);
    return source === undefined
      ? []
      : [{ source, field: `${path}[${i}].query.${query.kind}.name` }];
  });

function sourceOf(query: MetricQuery): SourceName | undefined {
  return query.kind === 'source' || query.kind === 'sourceCounts' ? query.source : undefined;
}

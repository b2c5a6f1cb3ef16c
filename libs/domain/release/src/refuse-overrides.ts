import { refuseMetric, type MetricSpec } from '@spillway/domain-analysis';
import { refusal, type Refusal } from '@spillway/kernel';
import { firstRefusal } from './first-refusal.js';
import type { MetricBounds } from './metric-bounds.js';
import { withBounds } from './overrides.js';
import { refusePace } from './refuse-waves.js';
import type { StrategyDraft } from './strategy.js';

/** What is wrong with what is different in some clusters. */
export function refuseOverrides(strategy: StrategyDraft): Refusal | undefined {
  const metrics = metricsIn(strategy);
  return firstRefusal(strategy.overrides ?? [], ({ pace, bounds = [] }, i) => {
    const field = `overrides[${i}]`;
    return (
      refusePace(pace, `override ${i + 1}`, `${field}.pace`) ??
      firstRefusal(bounds, (bound, j) => refuseBounds(bound, metrics, `${field}.bounds[${j}]`))
    );
  });
}

const metricsIn = ({ metrics, steps }: StrategyDraft): readonly MetricSpec[] => [
  ...metrics,
  ...steps.flatMap((step) => (step.kind === 'analyze' ? step.metrics : [])),
];

function refuseBounds(
  bounds: MetricBounds,
  metrics: readonly MetricSpec[],
  field: string,
): Refusal | undefined {
  const meant = metrics.filter(({ name }) => name === bounds.metric);
  if (meant.length > 0) {
    return firstRefusal(meant, (metric) => refuseMetric(withBounds(metric, bounds), field));
  }
  const known = [...new Set(metrics.map(({ name }) => name))].join(', ') || '(none)';
  return refusal(
    'INVALID_STRATEGY',
    `An override is about the metric "${bounds.metric}", which the strategy does not have.`,
    `Name one of ${known}.`,
    `${field}.metric`,
  );
}

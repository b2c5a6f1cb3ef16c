import { promptSampling, type MetricSpec, type Sampling } from '@spillway/domain-analysis';
import { isExposed } from '@spillway/domain-traffic';
import { after, instant, type ClusterName, type Instant } from '@spillway/kernel';
import type { Step } from './plan.js';
import { runningPhase, type Release } from './release.js';

/** How metrics come about in each cluster; without delay where nothing is said. */
export type Samplings = ReadonlyMap<ClusterName, Sampling>;

/** A metric that is being measured in a cluster, and from when samples count there. */
export interface ActiveMetric {
  readonly spec: MetricSpec;
  readonly cluster: ClusterName;
  readonly since: Instant;
}

/** The metrics of what the release is doing now; none while it is paused. */
export function currentMetrics(release: Release): readonly MetricSpec[] {
  const { plan, cursor } = release;
  const phase = runningPhase(release);
  if (phase === 'baking') return plan.bakeAfterPromotion?.metrics ?? [];
  if (phase !== 'progressing' || !cursor.started) return [];
  return metricsOf(plan.steps[cursor.index]);
}

/** What a step measures; nothing where there is no step. */
export const metricsOf = (step: Step | undefined): readonly MetricSpec[] =>
  step?.kind === 'bake' || step?.kind === 'analyze' ? step.metrics : [];

/**
 * Every cluster in which the candidate sees requests is judged, also those of earlier waves, and
 * those whose routing somebody changed: people are asked about it, and the candidate may fail meanwhile.
 */
export function activeMetrics(
  release: Release,
  sampling: Samplings = new Map(),
): readonly ActiveMetric[] {
  const metrics = currentMetrics(release);
  return release.rollouts.flatMap(({ cluster, desired, applied, drifted }) => {
    const from = applied?.at ?? (drifted === undefined ? undefined : release.held?.since);
    if (from === undefined || !isExposed(desired)) return [];
    const { resolution } = sampling.get(cluster) ?? promptSampling;
    const since = after(instant(Math.max(from, release.cursor.enteredAt)), resolution);
    return metrics.map((spec) => ({ spec, cluster, since }));
  });
}

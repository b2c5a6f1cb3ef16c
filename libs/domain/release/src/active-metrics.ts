import { promptSampling, type MetricSpec, type Sampling } from '@spillway/domain-analysis';
import { isExposed } from '@spillway/domain-traffic';
import { after, instant, type ClusterName, type Instant } from '@spillway/kernel';
import { boundedIn } from './overrides.js';
import type { Plan, Step } from './plan.js';
import { runningPhase, type Release } from './release.js';

/** How metrics come about in each cluster; without delay where nothing is said. */
export type Samplings = ReadonlyMap<ClusterName, Sampling>;

/** A metric that is being measured in a cluster, and from when samples count there. */
export interface ActiveMetric {
  readonly spec: MetricSpec;
  readonly cluster: ClusterName;
  readonly since: Instant;
}

/**
 * The metrics of what the release is doing now; none while it is paused. A change of traffic is soon
 * done and measures nothing, but one that is held or waits at a gate may take hours, in which the candidate has what it
 * was given before: then those metrics are looked at that were, or would be next.
 */
export function currentMetrics(release: Release): readonly MetricSpec[] {
  const { plan, cursor, held } = release;
  const phase = runningPhase(release);
  if (phase === 'baking') return plan.bakeAfterPromotion?.metrics ?? [];
  if (!['progressing', 'promoting', 'awaitingApproval'].includes(phase)) return [];
  const step = cursor.started ? plan.steps[cursor.index] : undefined;
  if (measures(step)) return metricsOf(step);
  const isKeptWaiting = held !== undefined || phase === 'awaitingApproval';
  return isKeptWaiting ? nearestMetrics(plan, cursor.index) : [];
}

const measures = (step: Step | undefined): boolean =>
  step?.kind === 'bake' || step?.kind === 'analyze';

function nearestMetrics({ steps, bakeAfterPromotion }: Plan, index: number): readonly MetricSpec[] {
  const before = steps.slice(0, index).toReversed();
  const all = [...before, ...steps.slice(index)].map(metricsOf);
  return [...all, bakeAfterPromotion?.metrics ?? []].find(({ length }) => length > 0) ?? [];
}

/** What a step measures; nothing where there is no step. */
export const metricsOf = (step: Step | undefined): readonly MetricSpec[] =>
  step !== undefined && 'metrics' in step ? step.metrics : [];

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
    return metrics.map((spec) => ({
      spec: boundedIn(release.plan, cluster, spec),
      cluster,
      since,
    }));
  });
}

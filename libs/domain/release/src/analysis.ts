import {
  nextDue,
  type Judge,
  type Measurement,
  type MetricSpec,
  type Verdict,
} from '@spillway/domain-analysis';
import { isExposed } from '@spillway/domain-traffic';
import { instant, type ClusterName, type Instant } from '@spillway/kernel';
import type { Observation } from './observation.js';
import type { Step } from './plan.js';
import { runningPhase, type Release } from './release.js';

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

const metricsOf = (step: Step | undefined): readonly MetricSpec[] =>
  step?.kind === 'bake' || step?.kind === 'analyze' ? step.metrics : [];

/**
 * Every cluster in which the candidate sees requests is judged, also those of earlier waves, and
 * those whose routing somebody changed: people are asked about it, and the candidate may fail meanwhile.
 */
export function activeMetrics(release: Release): readonly ActiveMetric[] {
  const metrics = currentMetrics(release);
  return release.rollouts.flatMap(({ cluster, desired, applied, drifted }) => {
    const from = applied?.at ?? (drifted === undefined ? undefined : release.held?.since);
    if (from === undefined || !isExposed(desired)) return [];
    const since = instant(Math.max(from, release.cursor.enteredAt));
    return metrics.map((spec) => ({ spec, cluster, since }));
  });
}

const of = (metric: ActiveMetric, all: readonly Measurement[]): readonly Measurement[] =>
  all.filter(
    ({ metric: name, cluster }) => name === metric.spec.name && cluster === metric.cluster,
  );

/** When the next measurement of each active metric is due. */
export const schedule = (
  release: Release,
  made: readonly Measurement[],
): readonly (ActiveMetric & { readonly at: Instant; readonly ordinal: number })[] =>
  activeMetrics(release).map((metric) => {
    const own = of(metric, made);
    return { ...metric, at: nextDue(metric.spec, metric.since, own), ordinal: own.length };
  });

/** One verdict for each active metric. */
export const judgeAll = (
  release: Release,
  { measurements }: Observation,
  judge: Judge,
  now: Instant,
): readonly Verdict[] =>
  activeMetrics(release).map((metric) =>
    judge({ ...metric, measurements: of(metric, measurements) }, now),
  );

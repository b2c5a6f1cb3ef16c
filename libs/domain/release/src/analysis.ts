import {
  alphaOf,
  nextDue,
  promptSampling,
  type Judge,
  type Measurement,
  type MetricSpec,
  type Sampling,
  type Verdict,
  weighEvidence,
} from '@spillway/domain-analysis';
import { isExposed } from '@spillway/domain-traffic';
import { after, instant, type ClusterName, type Instant } from '@spillway/kernel';
import type { Observation } from './observation.js';
import type { Step } from './plan.js';
import { runningPhase, type Release } from './release.js';
import { courseOf } from './shown.js';
import { splitVerdicts } from './split-verdicts.js';

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

const metricsOf = (step: Step | undefined): readonly MetricSpec[] =>
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

const of = (metric: ActiveMetric, all: readonly Measurement[]): readonly Measurement[] =>
  all.filter(
    ({ metric: name, cluster }) => name === metric.spec.name && cluster === metric.cluster,
  );

/** A measurement that is to be made. */
export interface Slot extends ActiveMetric {
  /** The end of its window. */
  readonly at: Instant;
  /** From when it may be asked for: its last samples have arrived. */
  readonly askAt: Instant;
  readonly ordinal: number;
}

/** The next measurement of each active metric. */
export const schedule = (
  release: Release,
  made: readonly Measurement[],
  sampling: Samplings = new Map(),
): readonly Slot[] =>
  activeMetrics(release, sampling).map((metric) => {
    const own = of(metric, made);
    const at = nextDue(metric.spec, metric.since, own);
    const { lag } = sampling.get(metric.cluster) ?? promptSampling;
    return { ...metric, at, askAt: after(at, lag), ordinal: own.length };
  });

/**
 * One verdict for each active metric, with what all clusters, steps and metrics show together, and
 * one for each cluster in which requests are not split as programmed: there nothing is compared.
 */
export function judgeAll(
  release: Release,
  seen: Observation,
  judge: Judge,
  now: Instant,
): readonly Verdict[] {
  const { measurements, sampling } = seen;
  const course = courseOf(release);
  const active = activeMetrics(release, sampling);
  const splits = splitVerdicts(release, active, seen);
  const distrusted = new Set(splits.map(({ evidence }) => evidence.cluster));
  const verdicts = active.map((metric) => {
    const alpha = alphaOf(metric.spec, course);
    const verdict = judge({ ...metric, alpha, measurements: of(metric, measurements) }, now);
    return distrusted.has(metric.cluster) ? uncompared(verdict) : verdict;
  });
  const weighed = weighEvidence(verdicts, course).map((verdict, i) =>
    active[i]?.spec.dryRun === true ? undecided(verdict) : verdict,
  );
  return [...splits, ...weighed];
}

/** What a verdict says by the metric's bounds alone. */
function uncompared(verdict: Verdict): Verdict {
  const { comparison: _distrusted, ...evidence } = verdict.evidence;
  return { ...verdict, evidence };
}

/** As it is shown, and decides nothing. */
function undecided({ kind, because, evidence }: Verdict): Verdict {
  const would = kind === 'pass' ? '' : ` (dry run: would be ${kind})`;
  return { kind: 'pass', because: `${because}${would}`, evidence };
}

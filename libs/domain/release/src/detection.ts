import {
  afterStep,
  alphaOf,
  defaultDetectionPlan,
  durationFor,
  type DetectionPlan,
  type Measurement,
  type MetricSpec,
  type ReleaseCourse,
} from '@spillway/domain-analysis';
import { EVERYTHING, duration, formatDuration, instant, type ClusterName } from '@spillway/kernel';
import { activeMetrics, type ActiveMetric } from './active-metrics.js';
import { forUsers } from './analysis.js';
import type { Observation } from './observation.js';
import type { Detection } from './plan.js';
import type { Release } from './release.js';
import { seriesOf } from './series.js';
import { courseOf } from './shown.js';
import { splitsOf } from './split-verdicts.js';

/**
 * What one cluster and one step can spend of α by themselves, given what was shown before: the rest
 * is for the others. Where nothing was ever shown in the cluster, nothing counts against it yet.
 */
export function alphaHere(spec: MetricSpec, cluster: ClusterName, course: ReleaseCourse): number {
  const { policy, clusters, steps, shown } = course;
  const before = shown.find((sum) => sum.metric === spec.name && sum.cluster === cluster)?.logSum;
  const share = alphaOf(spec, course) * Math.exp(afterStep(before, 0, steps));
  return Math.min(policy.clusters === 'average' ? share / clusters : share, mostAlpha);
}

/** With more there is nothing left to find: it fails at once. */
const mostAlpha = 0.99;

/** What counts say of traffic and of stable's errors. */
interface Traffic {
  readonly seconds: number;
  readonly requests: number;
  readonly stable: { readonly requests: number; readonly errors: number };
}

/** How far a bake has come with the traffic that it needs, in the cluster that has come farthest. */
export interface DetectionProgress {
  readonly cluster: ClusterName;
  readonly isEnough: boolean;
  /** `12m of traffic, 11m40s are needed to find 2 times the errors with 90 %`. */
  readonly because: string;
}

/** `undefined` where no metric counts errors yet: then nothing can be found. */
export function detectionProgress(
  release: Release,
  seen: Observation,
  detection: Detection,
): DetectionProgress | undefined {
  const course = courseOf(release);
  const active = activeMetrics(release, seen.sampling);
  const series = seriesOf(seen.measurements);
  const splits = splitsOf(release, active, series, seen);
  const found = active.flatMap((metric) => {
    const split = splits.find(({ cluster }) => cluster === metric.cluster);
    const since = instant(Math.max(metric.since, split?.inForceSince ?? 0));
    const own = series(metric.spec.name, metric.cluster).filter(({ from }) => from >= since);
    const traffic = trafficOf(metric.spec, own);
    if (traffic === undefined || traffic.requests === 0) return [];
    const plan = detectionPlan(release, metric, traffic, { course, detection });
    return [progressOf(metric.cluster, traffic, plan)];
  });
  return found.toSorted((a, b) => b.share - a.share)[0];
}

function trafficOf(
  { judge, dryRun }: MetricSpec,
  measurements: readonly Measurement[],
): Traffic | undefined {
  if (judge?.kind !== 'errorCount' || dryRun === true) return undefined;
  return measurements.reduce<Traffic>(
    (sum, { from, to, reading }) => {
      if (reading.kind !== 'value') return sum;
      const { requests = 0, errors = 0 } = reading.stable ?? {};
      return {
        seconds: sum.seconds + (to - from) / 1_000,
        requests: sum.requests + requests + (reading.candidate.requests ?? 0),
        stable: { requests: sum.stable.requests + requests, errors: sum.stable.errors + errors },
      };
    },
    { seconds: 0, requests: 0, stable: { requests: 0, errors: 0 } },
  );
}

/** Long enough to be "never" for a bake. */
const horizon = 366 * 86_400;

function detectionPlan(
  release: Release,
  { spec, cluster }: ActiveMetric,
  { seconds, requests, stable }: Traffic,
  { course, detection }: { readonly course: ReleaseCourse; readonly detection: Detection },
): DetectionPlan {
  const weight = release.rollouts.find((one) => one.cluster === cluster)?.desired.weight ?? 0;
  const { judge } = forUsers(spec, release, cluster);
  return {
    ...defaultDetectionPlan,
    ...detection,
    maxRatio: judge?.kind === 'errorCount' ? judge.maxRatio : 1,
    requestsPerSecond: requests / seconds,
    // As if half an error were still to come: stable's rate is not 0 because none was seen yet.
    errorRate: (stable.errors + 0.5) / (stable.requests + 1),
    weight: weight / EVERYTHING,
    alpha: alphaHere(spec, cluster, course),
    lookEvery: spec.interval / 1_000,
    horizon,
  };
}

function progressOf(
  cluster: ClusterName,
  { seconds }: Traffic,
  plan: DetectionPlan,
): DetectionProgress & { readonly share: number } {
  const needed = durationFor(plan);
  const aim = `${plan.ratio} times the errors with ${Math.round(100 * plan.power)} %`;
  const had = `${cluster} had ${formatDuration(duration(seconds * 1_000))} of traffic`;
  if (needed === undefined) {
    return { cluster, isEnough: false, share: 0, because: `${had}, in which nothing finds ${aim}` };
  }
  const time = formatDuration(duration(Math.round(needed) * 1_000));
  return {
    cluster,
    isEnough: seconds >= needed,
    share: seconds / needed,
    because: `${had}, ${time} are needed to find ${aim}`,
  };
}

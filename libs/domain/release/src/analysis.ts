import {
  alphaOf,
  nextDue,
  promptSampling,
  weighEvidence,
  type Judge,
  type Measurement,
  type MetricCase,
  type MetricSpec,
  type ReleaseCourse,
  type Verdict,
} from '@spillway/domain-analysis';
import { EVERYTHING, after, type ClusterName, type Instant } from '@spillway/kernel';
import { activeMetrics, type ActiveMetric, type Samplings } from './active-metrics.js';
import type { Observation } from './observation.js';
import type { Release } from './release.js';
import { seriesOf } from './series.js';
import { courseOf, spendsAlpha } from './shown.js';
import { splitsOf, type ClusterSplit } from './split-verdicts.js';

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
): readonly Slot[] => {
  const series = seriesOf(made);
  return activeMetrics(release, sampling).map((metric) => {
    const own = series(metric.spec.name, metric.cluster);
    const at = nextDue(metric.spec, metric.since, own);
    const { lag } = sampling.get(metric.cluster) ?? promptSampling;
    return { ...metric, at, askAt: after(at, lag), ordinal: own.length };
  });
};

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
  const course = courseOf(release);
  const active = activeMetrics(release, seen.sampling);
  const series = seriesOf(seen.measurements);
  const splits = splitsOf(release, active, series, seen);
  const verdicts = active.map((metric) => {
    const own = series(metric.spec.name, metric.cluster);
    const given = caseOf(release, metric, own, { seen, course });
    const split = splits.find(({ cluster }) => cluster === metric.cluster);
    return judge(asFarAsSplit(given, split), now);
  });
  const weighed = [course, ...dryCourses(active, course)].reduce<readonly Verdict[]>(
    (all, one) => weighEvidence(all, one),
    verdicts,
  );
  return [
    ...splits.flatMap(({ mismatch }) => mismatch ?? []),
    ...weighed.map((verdict, i) =>
      active[i]?.spec.dryRun === true ? undecided(verdict) : verdict,
    ),
  ];
}

const caseOf = (
  release: Release,
  metric: ActiveMetric,
  measurements: readonly Measurement[],
  { seen, course }: { readonly seen: Observation; readonly course: ReleaseCourse },
): MetricCase => ({
  ...metric,
  spec: forUsers(metric.spec, release, metric.cluster),
  measurements,
  resolution: (seen.sampling?.get(metric.cluster) ?? promptSampling).resolution,
  hasOwnShare: seen.isSplitByUs === false || isPicked(release, metric.cluster),
  name: `${release.id} ${release.cursor.index}`,
  alpha: alphaOf(metric.spec, course),
  isAlone: release.rollouts.some(
    ({ cluster, desired }) => cluster === metric.cluster && desired.weight === EVERYTHING,
  ),
});

/** How many times as often the users of one version may fail as those of the other, for who they are. */
export const otherUsers = 3;

/**
 * Evidence of counts rests on requests that are drawn by chance. Where a cookie or a route picks who
 * asks the candidate, its users may be others than stable's, so only what goes beyond such a
 * difference is held against the version. Bounds hold as ever.
 */
export function forUsers(spec: MetricSpec, release: Release, cluster: ClusterName): MetricSpec {
  const { judge } = spec;
  if (judge === undefined || !('maxRatio' in judge) || !isPicked(release, cluster)) return spec;
  return { ...spec, judge: { ...judge, maxRatio: judge.maxRatio * otherUsers } };
}

const isPicked = ({ plan, rollouts }: Release, cluster: ClusterName): boolean =>
  plan.sticky !== undefined ||
  rollouts.some((one) => one.cluster === cluster && (one.desired.routes ?? []).length > 0);

/**
 * Versions are compared only over requests that were split as programmed. Without a name where none
 * are: nobody must take it for the case with its judge.
 */
function asFarAsSplit(given: MetricCase, split: ClusterSplit | undefined): MetricCase {
  const { mismatch, inForceSince } = split ?? {};
  if (mismatch === undefined) {
    return { ...given, ...(inForceSince === undefined ? {} : { comparedSince: inForceSince }) };
  }
  const { name: _name, spec, ...others } = given;
  const { judge: _distrusted, ...bounded } = spec;
  return { ...others, spec: bounded };
}

/** Metrics that decide nothing are weighed each by itself, as if it had its share of α. */
function dryCourses(
  active: readonly ActiveMetric[],
  course: ReleaseCourse,
): readonly ReleaseCourse[] {
  const dry = active.map(({ spec }) => spec).filter(({ dryRun }) => dryRun === true);
  return dry
    .filter((spec, i) => spendsAlpha(spec) && dry.findIndex(({ name }) => name === spec.name) === i)
    .map((spec) => ({
      ...course,
      policy: { ...course.policy, alpha: alphaOf(spec, course) },
      metrics: [spec],
    }));
}

/** What a metric would do that decided. */
const wouldDo = {
  fail: 'roll back',
  noData: 'hold',
  inconclusive: 'hold',
} as const satisfies Partial<Record<Verdict['kind'], string>>;

/** As it is shown, and decides nothing. */
function undecided({ kind, because, evidence }: Verdict): Verdict {
  const would = kind in wouldDo ? ` (dry run: would ${wouldDo[kind as keyof typeof wouldDo]})` : '';
  return { kind: 'pass', because: `${because}${would}`, evidence };
}

import {
  alphaOf,
  nextDue,
  promptSampling,
  weighEvidence,
  type Judge,
  type Measurement,
  type MetricCase,
  type ReleaseCourse,
  type Verdict,
} from '@spillway/domain-analysis';
import { EVERYTHING, after, type Instant } from '@spillway/kernel';
import { activeMetrics, type ActiveMetric, type Samplings } from './active-metrics.js';
import type { Observation } from './observation.js';
import type { Release } from './release.js';
import { courseOf, spendsAlpha } from './shown.js';
import { splitVerdicts } from './split-verdicts.js';

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
  const course = courseOf(release);
  const active = activeMetrics(release, seen.sampling);
  const splits = splitVerdicts(release, active, seen);
  const distrusted = new Set(splits.map(({ evidence }) => evidence.cluster));
  const verdicts = active.map((metric) => {
    const given = caseOf(release, metric, seen, course);
    return judge(distrusted.has(metric.cluster) ? byBoundsAlone(given) : given, now);
  });
  const weighed = [course, ...dryCourses(active, course)].reduce<readonly Verdict[]>(
    (all, one) => weighEvidence(all, one),
    verdicts,
  );
  return [
    ...splits,
    ...weighed.map((verdict, i) => {
      const trusted = verdicts[i]?.kind === 'fail' ? verdict : asProof(verdict, release);
      return active[i]?.spec.dryRun === true ? undecided(trusted) : trusted;
    }),
  ];
}

const caseOf = (
  { id, cursor, rollouts }: Release,
  metric: ActiveMetric,
  { measurements, sampling, isSplitByUs }: Observation,
  course: ReleaseCourse,
): MetricCase => ({
  ...metric,
  measurements: of(metric, measurements),
  resolution: (sampling?.get(metric.cluster) ?? promptSampling).resolution,
  hasOwnShare: isSplitByUs === false,
  name: `${id} ${cursor.index}`,
  alpha: alphaOf(metric.spec, course),
  isAlone: rollouts.some(
    ({ cluster, desired }) => cluster === metric.cluster && desired.weight === EVERYTHING,
  ),
});

/**
 * Evidence of counts rests on requests that are drawn by chance. Where a cookie or a route picks who
 * asks the candidate, its users may be others than stable's: what looks like harm holds the release
 * for people to look at, and only bounds roll it back.
 */
function asProof(verdict: Verdict, { plan, rollouts }: Release): Verdict {
  const { cluster } = verdict.evidence;
  const isPicked = rollouts.some(
    (one) => one.cluster === cluster && (one.desired.routes ?? []).length > 0,
  );
  if (verdict.kind !== 'fail' || (plan.sticky === undefined && !isPicked)) return verdict;
  const who = isPicked ? 'a route picks its requests' : 'a cookie keeps users at a version';
  return {
    ...verdict,
    kind: 'inconclusive',
    isUnproven: true,
    because: `${verdict.because}; no proof, for ${who}`,
  };
}

/** Without a name: nobody must take it for the case with its judge. */
function byBoundsAlone({ spec, name: _name, ...given }: MetricCase): MetricCase {
  const { judge: _distrusted, ...bounded } = spec;
  return { ...given, spec: bounded };
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

import {
  defaultSplitSettings,
  followSplit,
  judgeSplit,
  type Evidence,
  type Measurement,
  type SplitCourse,
  type SplitLook,
  type SplitSettings,
  type Verdict,
  whySplitCannotBeJudged,
} from '@spillway/domain-analysis';
import { EVERYTHING, NOTHING, type ClusterName, type Instant } from '@spillway/kernel';
import type { ActiveMetric } from './active-metrics.js';
import type { Observation } from './observation.js';
import type { Release, Rollout } from './release.js';
import type { Series } from './series.js';
import { courseOf } from './shown.js';

/** The name under which the split is shown beside the metrics. */
export const splitMetric = 'split';

/** What counted requests say of a cluster's split. */
export interface ClusterSplit {
  readonly cluster: ClusterName;
  /** Requests are not split as its weight says. */
  readonly mismatch?: Verdict;
  /** They were not for a while, and are since then: what was counted before is compared no more. */
  readonly inForceSince?: Instant;
}

/** For each cluster in which the split can be judged. */
export function splitsOf(
  release: Release,
  active: readonly ActiveMetric[],
  series: Series,
  { isSplitByUs = false }: Pick<Observation, 'isSplitByUs'>,
): readonly ClusterSplit[] {
  if (!isSplitByUs) return [];
  const alpha = splitAlpha(release);
  return release.rollouts.flatMap((rollout) => {
    const metric = countingMetric(active.filter((one) => one.cluster === rollout.cluster));
    if (metric === undefined || !isJudged(release, rollout)) return [];
    const all = series(metric.spec.name, metric.cluster);
    const own = all.filter(({ from }) => from >= metric.since);
    return [remembered(rollout, own, alpha)];
  });
}

/**
 * The metric whose requests are counted: all that the mesh served, once each, and best with those
 * that failed. What other sources count may be a sample, and of one version more than of the other.
 */
function countingMetric(active: readonly ActiveMetric[]): ActiveMetric | undefined {
  const once = active.filter(({ spec }) => spec.window <= spec.interval);
  return (
    once.find(({ spec }) => spec.query.kind === 'requestSuccessRate') ??
    once.find(({ spec }) => spec.query.kind === 'requestLatency')
  );
}

function isJudged({ plan }: Release, { desired }: Rollout): boolean {
  const { weight, routes = [], mirror } = desired;
  const why = whySplitCannotBeJudged({
    stickySessions: plan.sticky !== undefined,
    headerRoutes: routes.length > 0,
    mirror: mirror !== undefined,
  });
  return why === undefined && weight > NOTHING && weight < EVERYTHING;
}

/** How likely a release may be held for a split that is in force; over all clusters and steps. */
const falseHolds = 0.01;

function splitAlpha(release: Release): number {
  const { clusters, steps } = courseOf(release);
  return Math.min(defaultSplitSettings.alpha, falseHolds / (clusters * Math.max(1, steps.planned)));
}

interface Followed {
  readonly measurements: readonly Measurement[];
  readonly programmed: string;
  readonly split: ClusterSplit;
}

/**
 * By the newest measurement. All clusters of a release are looked at when one of them was measured,
 * but a split is followed anew only where there is something new of it.
 */
const followed = new WeakMap<Measurement, Followed>();

function remembered(
  rollout: Rollout,
  measurements: readonly Measurement[],
  alpha: number,
): ClusterSplit {
  const newest = measurements.at(-1);
  if (newest === undefined) return splitOf(rollout, measurements, alpha);
  const programmed = `${rollout.desired.weight} ${alpha}`;
  const before = followed.get(newest);
  const isSame = before?.programmed === programmed && areSame(before.measurements, measurements);
  if (isSame) return before.split;
  const split = splitOf(rollout, measurements, alpha);
  followed.set(newest, { measurements, programmed, split });
  return split;
}

const areSame = (some: readonly Measurement[], others: readonly Measurement[]): boolean =>
  some.length === others.length && some.every((one, i) => one === others[i]);

function splitOf(
  { cluster, desired }: Rollout,
  measurements: readonly Measurement[],
  alpha: number,
): ClusterSplit {
  const share = desired.weight / EVERYTHING;
  const looks = measurements.flatMap((one) => lookOf(one, share));
  const settings = { ...defaultSplitSettings, alpha, shares: [share, 1 - share] };
  const { found, since } = episodes(looks, settings);
  if (found === undefined) {
    return { cluster, ...(since === undefined ? {} : { inForceSince: since }) };
  }
  const mismatch = judgeSplit({ looks: found, cluster, arms: ['candidate', 'stable'] }, settings);
  const [candidate = 0, stable = 0] = mismatch.evidence.arms.map(({ requests }) => requests);
  const evidence = splitEvidence(cluster, measurements.length, { candidate, stable });
  return {
    cluster,
    mismatch: { kind: 'splitNotInForce', because: mismatch.because, evidence },
  };
}

interface TimedLook extends SplitLook {
  readonly from: Instant;
}

/** How many times the requests in which a mismatch was seen must fit until it is over. */
const calm = 2;

/**
 * A mismatch is over when so many requests after it fit: the proxies got the routing late and obey it
 * now. Judged with all requests of the step, those of the mismatch would have to be outweighed, for
 * hours where it lasted half a minute.
 *
 * The test begins anew only where it has found something, so all that it finds in a split that is in
 * force is found the first time, with its α.
 */
function episodes(looks: readonly TimedLook[], settings: SplitSettings): Episode {
  let now: Episode = { begin: 0 };
  for (;;) {
    const { begin } = now;
    const course = followSplit({ looks: looks.slice(begin) }, settings);
    const from = looks[begin]?.from;
    if (from !== undefined && isOver(now, course)) now = { begin, since: from };
    if (course.crossing === undefined) return now;
    const end = begin + course.crossing.look;
    now = { ...now, begin: end, found: looks.slice(begin, end) };
  }
}

interface Episode {
  /** The first look of those that are judged together. */
  readonly begin: number;
  /** Those before, in which a mismatch was found. */
  readonly found?: readonly SplitLook[];
  /** From when on requests were split as programmed again. */
  readonly since?: Instant;
}

function isOver({ found }: Episode, { looks, crossing }: SplitCourse): boolean {
  if (found === undefined) return false;
  const needed = calm * sumOf(found.map(({ counts }) => sumOf(counts)));
  const calmed = looks.findIndex(({ counts }) => sumOf(counts) >= needed) + 1;
  return calmed > 0 && calmed < (crossing?.look ?? Infinity);
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

/**
 * What one look counted, without what retries can have added. A retry stays with the version that
 * was picked, so each failed attempt may be one more of the same request: a version that fails
 * counts more, and would seem to get more than its share. Between all requests and those that did
 * not fail, the count that fits best is taken.
 */
function lookOf({ reading, from }: Measurement, share: number): readonly TimedLook[] {
  if (reading.kind !== 'value' || reading.candidate.requests === undefined) return [];
  const { candidate, stable } = reading;
  const own = { most: candidate.requests ?? 0, errors: candidate.errors ?? 0 };
  const other = { most: stable?.requests ?? 0, errors: stable?.errors ?? 0 };
  const counts = [
    clamp((share / (1 - share)) * other.most, own),
    clamp(((1 - share) / share) * own.most, other),
  ];
  return [{ counts, from }];
}

interface Attempts {
  readonly most: number;
  readonly errors: number;
}

const clamp = (expected: number, { most, errors }: Attempts): number =>
  Math.round(Math.min(most, Math.max(most - errors, expected)));

const splitEvidence = (
  cluster: ClusterName,
  measured: number,
  { candidate, stable }: { readonly candidate: number; readonly stable: number },
): Evidence => ({
  metric: splitMetric,
  cluster,
  measured,
  passed: 0,
  failed: 0,
  belowMinSample: 0,
  empty: 0,
  notANumber: 0,
  consecutiveErrors: 0,
  requests: candidate + stable,
});

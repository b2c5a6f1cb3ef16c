import {
  defaultSplitSettings,
  judgeSplit,
  type Evidence,
  type Measurement,
  type Sample,
  type SplitLook,
  type Verdict,
  whySplitCannotBeJudged,
} from '@spillway/domain-analysis';
import { EVERYTHING, NOTHING, type ClusterName } from '@spillway/kernel';
import type { ActiveMetric } from './active-metrics.js';
import type { Observation } from './observation.js';
import type { Release, Rollout } from './release.js';
import { courseOf } from './shown.js';

/** The name under which the split is shown beside the metrics. */
export const splitMetric = 'split';

/**
 * One verdict for each cluster whose counted requests are not split as its weight says. It may go
 * away by itself: proxies that got the routing late obey it now, and their requests outweigh the
 * others in time.
 */
export function splitVerdicts(
  release: Release,
  active: readonly ActiveMetric[],
  { measurements, isSplitByUs = false }: Pick<Observation, 'measurements' | 'isSplitByUs'>,
): readonly Verdict[] {
  if (!isSplitByUs) return [];
  return release.rollouts.flatMap((rollout) => {
    const metric = countingMetric(active.filter((one) => one.cluster === rollout.cluster));
    if (metric === undefined || !isJudged(release, rollout)) return [];
    const own = measurements.filter(
      (one) =>
        one.cluster === metric.cluster &&
        one.metric === metric.spec.name &&
        one.from >= metric.since,
    );
    return splitVerdict(rollout, own, splitAlpha(release));
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

function splitVerdict(
  { cluster, desired }: Rollout,
  measurements: readonly Measurement[],
  alpha: number,
): readonly Verdict[] {
  const share = desired.weight / EVERYTHING;
  const looks = measurements.flatMap(({ reading }) =>
    reading.kind === 'value' ? lookOf(reading.candidate, reading.stable, share) : [],
  );
  const arms = ['candidate', 'stable'];
  const { because, evidence } = judgeSplit(
    { looks, cluster, arms },
    { ...defaultSplitSettings, alpha, shares: [share, 1 - share] },
  );
  if (evidence.logE < Math.log(evidence.threshold)) return [];
  const [candidate = 0, stable = 0] = evidence.arms.map(({ requests }) => requests);
  return [
    {
      kind: 'splitNotInForce',
      because,
      evidence: splitEvidence(cluster, measurements.length, { candidate, stable }),
    },
  ];
}

/**
 * What one look counted, without what retries can have added. A retry stays with the version that
 * was picked, so each failed attempt may be one more of the same request: a version that fails
 * counts more, and would seem to get more than its share. Between all requests and those that did
 * not fail, the count that fits best is taken.
 */
function lookOf(
  candidate: Sample,
  stable: Sample | undefined,
  share: number,
): readonly SplitLook[] {
  if (candidate.requests === undefined) return [];
  const own = { most: candidate.requests, errors: candidate.errors ?? 0 };
  const other = { most: stable?.requests ?? 0, errors: stable?.errors ?? 0 };
  const counts = [
    clamp((share / (1 - share)) * other.most, own),
    clamp(((1 - share) / share) * own.most, other),
  ];
  return [{ counts }];
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

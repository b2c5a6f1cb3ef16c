import {
  defaultErrorCountSettings,
  defaultLatencySettings,
  judgeErrorCounts,
  judgeLatency,
  judgeMetric,
  type Comparison,
} from '@spillway/domain-analysis';
import { istioBuckets } from './latency-model.js';
import { atLook, clusterNames, measurementsOf } from './measurements.js';
import { isFarFromHarm } from './quick-ranks.js';
import { guardrails, type MetricName } from './specs.js';
import type { Look } from './traffic.js';

/** What a metric shows in one cluster at each look of a step; undefined where there is nothing to say. */
export type Shown = readonly (Pick<Comparison, 'logE' | 'pValue'> | undefined)[];

/** Looks of one step in one cluster. `first` is the number of the first one. */
export interface StepLooks {
  readonly looks: readonly Look[];
  readonly cluster: number;
  readonly first: number;
}

/**
 * What `compareErrors` would say at each look. To ask it anew each time would cost the square of the
 * looks; the judge tells its whole course at once, and the course up to a look does not depend on
 * what comes after it.
 */
export function errorsShown({ looks }: Pick<StepLooks, 'looks'>): Shown {
  return judgeErrorCounts({ looks }, defaultErrorCountSettings).evidence.looks;
}

function latencyShown({ looks }: StepLooks): Shown {
  const counts = looks.map(({ candidate, stable }) => ({
    candidate: candidate.latencies,
    stable: stable.latencies,
  }));
  return judgeLatency(
    { upperBounds: istioBuckets, looks: counts },
    { ...defaultLatencySettings, minRequests: 1 },
  ).evidence.looks;
}

/** No policy of the bench asks for more. */
export const largestAlpha = 0.1;

/**
 * Ranks are compared each `count` points, with all points of the step; what they showed stays until
 * the next time. A p-value that no policy could make anything of is not worked out.
 */
const ranksShown =
  (metric: 'cpu' | 'queue') =>
  ({ looks, cluster, first }: StepLooks): Shown => {
    const spec = guardrails[metric];
    const all = measurementsOf(metric, cluster, looks, first);
    const since = atLook(first);
    let shown: Shown[number];
    return looks.map((_, look) => {
      const points = look + 1;
      if (points % spec.count !== 0) return shown;
      const seen = looks.slice(0, points);
      const candidate = seen.map((one) => one.candidate[metric]);
      const stable = seen.map((one) => one.stable[metric]);
      const at = { look: points / spec.count, alpha: largestAlpha };
      if (isFarFromHarm(candidate, stable, at)) return (shown = { pValue: 1 });
      const measurements = all.slice(0, points);
      const given = { spec, cluster: clusterNames[cluster] ?? clusterNames[0]!, measurements };
      shown = judgeMetric({ ...given, since }, atLook(first + points)).evidence.comparison;
      return shown;
    });
  };

export const shownBy: Readonly<Record<MetricName, (step: StepLooks) => Shown>> = {
  errors: errorsShown,
  latency: latencyShown,
  cpu: ranksShown('cpu'),
  queue: ranksShown('queue'),
};

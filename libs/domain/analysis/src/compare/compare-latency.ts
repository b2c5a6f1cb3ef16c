import { describeLatency } from '../latency/because.js';
import {
  courseOf,
  decideLatency,
  defaultLatencySettings,
  followSlower,
  type LatencyCourse,
  type LatencyLook,
  type LatencySettings,
} from '../latency/index.js';
import { totals } from '../latency/totals.js';
import type { Duration } from '@spillway/kernel';
import { isSameBounds, type LatencyHistogram, type Measurement } from '../measurement.js';
import type { MetricJudge } from '../metric/metric-spec.js';
import type { Comparison } from '../verdict.js';
import { inBlocks, leastBlock } from './blocks.js';
import type { FollowedLatency, Recall } from './recall.js';

interface Histograms {
  readonly upperBounds: readonly number[];
  readonly look: LatencyLook;
}

/** Buckets that differ between the versions, or from look to look, tell nothing of each other. */
function histogramsOf({ reading }: Measurement, isAlone: boolean): readonly Histograms[] {
  if (reading.kind !== 'value') return [];
  const { candidate, stable } = reading;
  const own: LatencyHistogram | undefined = candidate.histogram;
  if (own === undefined || (stable?.histogram === undefined && !isAlone)) return [];
  const other = stable?.histogram ?? { ...own, counts: own.counts.map(() => 0) };
  if (!isSameBounds(own.upperBounds, other.upperBounds)) return [];
  return [{ upperBounds: own.upperBounds, look: { candidate: own.counts, stable: other.counts } }];
}

interface Circumstances {
  readonly alpha: number;
  readonly quantile: number;
  readonly interval: Duration;
  readonly isAlone: boolean;
  readonly resolution: Duration;
  readonly recall?: Recall | undefined;
}

/**
 * Requests of this step by latency, at every bound of the histogram; the quantile is for people. Says
 * the same until a block of looks is complete.
 */
export function compareLatency(
  measurements: readonly Measurement[],
  { maxRatio, minRequests }: Extract<MetricJudge, { kind: 'latency' }>,
  { alpha, quantile, interval, isAlone, resolution, recall = anew }: Circumstances,
): Comparison | undefined {
  const all = measurements.flatMap((one) => histogramsOf(one, isAlone));
  const { upperBounds } = all.at(-1) ?? {};
  if (upperBounds === undefined) return undefined;
  const looks = all
    .filter((one) => isSameBounds(one.upperBounds, upperBounds))
    .map(({ look }) => look);
  const least = leastBlock(interval, resolution);
  const settings = { ...defaultLatencySettings, alpha, quantile, maxRatio, minRequests: 1 };
  const circumstances = [alpha, quantile, maxRatio, minRequests, isAlone, least];
  const key = [circumstances, upperBounds].join(';');
  return recall((before) => {
    const known = before?.key === key && isOf(looks, before) ? before : undefined;
    const blocks = inBlocks(looks, least, known?.looks);
    if (known !== undefined && blocks.length === 0) return known;
    const taken = (known?.looks ?? 0) + blocks.flat().length;
    const counts = totals(looks.slice(0, taken));
    const slower = followSlower(
      { upperBounds, looks: blocks.map(totals) },
      settings,
      known?.slower,
    );
    const course = courseOf({ upperBounds, counts, slower }, settings);
    const comparison = comparisonOf(course, { requests: minRequests, isAlone }, settings);
    return { key, looks: taken, counts, slower, comparison };
  }).comparison;
}

const anew: Recall = (follow) => follow(undefined);

/** Looks are only added, and one that were measured anew as another would change the sums. */
function isOf(looks: readonly LatencyLook[], before: FollowedLatency): boolean {
  if (looks.length < before.looks) return false;
  const { candidate, stable } = totals(looks.slice(0, before.looks));
  return isSame(candidate, before.counts.candidate) && isSame(stable, before.counts.stable);
}

const isSame = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((count, i) => count === other[i]);

function comparisonOf(
  evidence: LatencyCourse,
  enough: { readonly requests: number; readonly isAlone: boolean },
  settings: LatencySettings,
): Comparison {
  const { candidate, stable, logE } = evidence;
  const { kind } = decideLatency(evidence, settings);
  return {
    judge: 'latency',
    candidate: { n: candidate.requests },
    stable: { n: stable.requests },
    ...(evidence.quantile.ratio === undefined ? {} : { estimate: evidence.quantile.ratio }),
    logE,
    isEnough: candidate.requests >= enough.requests && (enough.isAlone || kind === 'pass'),
    // Whether it is harm is for all clusters, steps and metrics to say.
    because: describeLatency(evidence),
  };
}

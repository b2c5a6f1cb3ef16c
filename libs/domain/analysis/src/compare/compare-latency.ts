import { describeLatency } from '../latency/because.js';
import { summed } from '../latency/equality.js';
import {
  decideLatency,
  defaultLatencySettings,
  followLatency,
  type LatencyLook,
} from '../latency/index.js';
import type { Duration } from '@spillway/kernel';
import type { LatencyHistogram, Measurement } from '../measurement.js';
import type { MetricJudge } from '../metric/metric-spec.js';
import type { Comparison } from '../verdict.js';
import { inBlocks, leastBlock } from './blocks.js';

interface Histograms {
  readonly upperBounds: readonly number[];
  readonly look: LatencyLook;
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((bound, i) => bound === b[i]);

/** Buckets that differ between the versions, or from look to look, tell nothing of each other. */
function histogramsOf({ reading }: Measurement, isAlone: boolean): readonly Histograms[] {
  if (reading.kind !== 'value') return [];
  const { candidate, stable } = reading;
  const own: LatencyHistogram | undefined = candidate.histogram;
  if (own === undefined || (stable?.histogram === undefined && !isAlone)) return [];
  const none = { upperBounds: own.upperBounds, counts: own.counts.map(() => 0) };
  const other = stable?.histogram ?? none;
  if (!isSame(own.upperBounds, other.upperBounds)) return [];
  return [{ upperBounds: own.upperBounds, look: { candidate: own.counts, stable: other.counts } }];
}

const merged = (looks: readonly LatencyLook[]): LatencyLook => ({
  candidate: looks.map(({ candidate }) => candidate).reduce(summed),
  stable: looks.map(({ stable }) => stable).reduce(summed),
});

interface Circumstances {
  readonly alpha: number;
  readonly quantile: number;
  readonly interval: Duration;
  readonly isAlone: boolean;
  readonly resolution: Duration;
}

/** Requests of this step by latency, at every bound of the histogram; the quantile is for people. */
export function compareLatency(
  measurements: readonly Measurement[],
  { maxRatio, minRequests }: Extract<MetricJudge, { kind: 'latency' }>,
  { alpha, quantile, interval, isAlone, resolution }: Circumstances,
): Comparison | undefined {
  const all = measurements.flatMap((one) => histogramsOf(one, isAlone));
  const { upperBounds } = all.at(-1) ?? {};
  if (upperBounds === undefined) return undefined;
  const looks = all.filter((one) => isSame(one.upperBounds, upperBounds)).map(({ look }) => look);
  const settings = { ...defaultLatencySettings, alpha, quantile, maxRatio, minRequests: 1 };
  const blocks = inBlocks(looks, leastBlock(interval, resolution)).map(merged);
  const evidence = followLatency({ upperBounds, looks: blocks }, settings);
  const { candidate, stable, logE } = evidence;
  const { kind } = decideLatency(evidence, settings);
  return {
    judge: 'latency',
    candidate: { n: candidate.requests },
    stable: { n: stable.requests },
    ...(evidence.quantile.ratio === undefined ? {} : { estimate: evidence.quantile.ratio }),
    logE,
    isEnough: candidate.requests >= minRequests && (isAlone || kind === 'pass'),
    // Whether it is harm is for all clusters, steps and metrics to say.
    because: describeLatency(evidence),
  };
}

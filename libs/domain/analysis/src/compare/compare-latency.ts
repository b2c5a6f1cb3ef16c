import { defaultLatencySettings, judgeLatency, type LatencyLook } from '../latency/index.js';
import type { LatencyHistogram, Measurement } from '../measurement.js';
import type { MetricJudge } from '../metric-spec.js';
import type { Comparison } from '../verdict.js';

interface Histograms {
  readonly upperBounds: readonly number[];
  readonly look: LatencyLook;
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((bound, i) => bound === b[i]);

/** Buckets that differ between the versions, or from look to look, tell nothing of each other. */
function histogramsOf({ reading }: Measurement): readonly Histograms[] {
  if (reading.kind !== 'value') return [];
  const { candidate, stable } = reading;
  const own: LatencyHistogram | undefined = candidate.histogram;
  if (own === undefined) return [];
  const none = { upperBounds: own.upperBounds, counts: own.counts.map(() => 0) };
  const other = stable?.histogram ?? none;
  if (!isSame(own.upperBounds, other.upperBounds)) return [];
  return [{ upperBounds: own.upperBounds, look: { candidate: own.counts, stable: other.counts } }];
}

/** Requests of this step by latency, at every bound of the histogram; the quantile is for people. */
export function compareLatency(
  measurements: readonly Measurement[],
  { maxRatio, minRequests }: Extract<MetricJudge, { kind: 'latency' }>,
  { alpha, quantile }: { readonly alpha: number; readonly quantile: number },
): Comparison | undefined {
  const all = measurements.flatMap(histogramsOf);
  const { upperBounds } = all.at(-1) ?? {};
  if (upperBounds === undefined) return undefined;
  const looks = all.filter((one) => isSame(one.upperBounds, upperBounds)).map(({ look }) => look);
  const settings = { ...defaultLatencySettings, alpha, quantile, maxRatio, minRequests: 1 };
  const { because, evidence } = judgeLatency({ upperBounds, looks }, settings);
  const { candidate, stable, logE } = evidence;
  return {
    judge: 'latency',
    candidate: { n: candidate.requests },
    stable: { n: stable.requests },
    ...(evidence.quantile.ratio === undefined ? {} : { estimate: evidence.quantile.ratio }),
    logE,
    isEnough: stable.requests === 0 || candidate.requests >= minRequests,
    because,
  };
}

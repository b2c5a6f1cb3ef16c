import { defaultErrorCountSettings, judgeErrorCounts, type CountLook } from '../counts/index.js';
import type { Measurement, Sample } from '../measurement.js';
import type { MetricJudge } from '../metric-spec.js';
import type { Comparison } from '../verdict.js';

type Settings = Extract<MetricJudge, { kind: 'errorCount' }>;

const none = { requests: 0, errors: 0 };

const armOf = (sample: Sample | undefined) =>
  sample?.requests === undefined || sample.errors === undefined
    ? undefined
    : { requests: sample.requests, errors: sample.errors };

/** A look in which stable had no requests still says how often the candidate failed. */
function lookOf({ reading }: Measurement): readonly CountLook[] {
  const candidate = reading.kind === 'value' ? armOf(reading.candidate) : undefined;
  if (reading.kind !== 'value' || candidate === undefined) return [];
  return [{ candidate, stable: armOf(reading.stable) ?? none }];
}

/** Failed requests of this step; its weight is one segment, so the exposure is what was counted. */
export function compareErrors(
  measurements: readonly Measurement[],
  settings: Settings,
  alpha: number,
): Comparison {
  const { maxRatio, minRequests, nonInferiorityMargin: margin } = settings;
  const judged = judgeErrorCounts(
    { looks: measurements.flatMap(lookOf) },
    {
      ...defaultErrorCountSettings,
      alpha,
      maxRatio,
      ...(margin === undefined ? {} : { nonInferiority: { margin } }),
    },
  );
  const { candidate, stable, ratio, logE } = judged.evidence;
  const { estimate, lower: low, upper: high } = ratio;
  return {
    judge: 'errorCount',
    candidate: { n: candidate.requests, errors: candidate.errors },
    stable: { n: stable.requests, errors: stable.errors },
    ...(estimate === undefined ? {} : { estimate }),
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    logE,
    isEnough:
      stable.requests === 0 ||
      (candidate.requests >= minRequests && (margin === undefined || judged.kind === 'pass')),
    because: judged.because,
  };
}

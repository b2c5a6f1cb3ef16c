import { describeCounts } from '../counts/because.js';
import { defaultErrorCountSettings, judgeErrorCounts, type CountLook } from '../counts/index.js';
import type { Measurement, Sample } from '../measurement.js';
import type { MetricJudge } from '../metric-spec.js';
import type { Comparison } from '../verdict.js';

type Settings = Extract<MetricJudge, { kind: 'errorCount' }>;

type Arm = Pick<Required<Sample>, 'requests' | 'errors'>;

const none: Arm = { requests: 0, errors: 0 };

const armOf = ({ requests, errors }: Partial<Sample> = {}): Arm | undefined =>
  requests === undefined || errors === undefined ? undefined : { requests, errors };

const sum = (a: Arm, b: Arm): Arm => ({
  requests: a.requests + b.requests,
  errors: a.errors + b.errors,
});

/**
 * All looks as one: within a step the weight is one, and the e-value of counts depends on their sums
 * alone. A look in which stable had no requests is left out, unless the candidate has all of them:
 * what fails in a minute of which stable's counts are missing would be held against other minutes.
 */
function totalOf(measurements: readonly Measurement[], isAlone: boolean): CountLook {
  return measurements.reduce<CountLook>(
    (total, { reading }) => {
      const candidate = reading.kind === 'value' ? armOf(reading.candidate) : undefined;
      if (reading.kind !== 'value' || candidate === undefined) return total;
      const stable = armOf(reading.stable) ?? none;
      if (stable.requests === 0 && !isAlone) return total;
      return { candidate: sum(total.candidate, candidate), stable: sum(total.stable, stable) };
    },
    { candidate: none, stable: none },
  );
}

/**
 * Failed requests of this step; its weight is one segment, so the exposure is what was counted.
 * Undefined where nothing was counted that can be compared.
 */
export function compareErrors(
  measurements: readonly Measurement[],
  settings: Settings,
  { alpha, isAlone }: { readonly alpha: number; readonly isAlone: boolean },
): Comparison | undefined {
  const total = totalOf(measurements, isAlone);
  if (total.candidate.requests + total.stable.requests === 0) return undefined;
  const { maxRatio, minRequests, nonInferiorityMargin: margin } = settings;
  const judged = judgeErrorCounts(
    { looks: [total] },
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
    isEnough: candidate.requests >= minRequests && (isAlone || judged.kind === 'pass'),
    because: sentenceOf(judged, margin),
  };
}

/** Whether it is harm is not for one cluster and step to say; what is missing is. */
function sentenceOf(
  { kind, because, evidence }: ReturnType<typeof judgeErrorCounts>,
  margin: number | undefined,
): string {
  const isConcluded = kind === 'fail' || (kind === 'pass' && margin === undefined);
  return isConcluded ? describeCounts(evidence) : because;
}

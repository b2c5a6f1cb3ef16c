import type { Duration, Instant } from '@spillway/kernel';
import { averageE } from '../combine/index.js';
import { describeCounts } from '../counts/because.js';
import { defaultErrorCountSettings, judgeErrorCounts, type CountLook } from '../counts/index.js';
import { followLooks, sumOf } from '../counts/segments.js';
import { conditionalLogRatios, defaultLatencySettings } from '../latency/index.js';
import type { Measurement, Sample } from '../measurement.js';
import type { MetricJudge } from '../metric/metric-spec.js';
import type { Comparison } from '../verdict.js';
import { inBlocks } from './blocks.js';

type Settings = Extract<MetricJudge, { kind: 'errorCount' }>;

type Arm = Pick<Required<Sample>, 'requests' | 'errors'>;

const none: Arm = { requests: 0, errors: 0 };

const isArm = (sample: Sample | undefined): sample is Sample & Arm =>
  sample?.requests !== undefined && sample.errors !== undefined;

/**
 * What was counted, look by look. A look in which stable had no requests is left out, unless the
 * candidate has all of them: what fails in a minute of which stable's counts are missing would be
 * held against other minutes.
 */
function looksOf(measurements: readonly Measurement[], isAlone: boolean): readonly TimedLook[] {
  return measurements.flatMap(({ reading, to }): readonly TimedLook[] => {
    if (reading.kind !== 'value' || !isArm(reading.candidate)) return [];
    const { candidate } = reading;
    const stable = isArm(reading.stable) ? reading.stable : none;
    return stable.requests === 0 && !isAlone ? [] : [{ candidate, stable, to }];
  });
}

interface TimedLook extends CountLook {
  readonly to: Instant;
}

const totalOf = (looks: readonly CountLook[]): CountLook =>
  looks.reduce<CountLook>(
    (total, { candidate, stable }) => ({
      candidate: sumOf(total.candidate, candidate),
      stable: sumOf(total.stable, stable),
    }),
    { candidate: none, stable: none },
  );

interface Circumstances {
  readonly alpha: number;
  readonly isAlone: boolean;
  readonly hasOwnShare: boolean;
  readonly resolution: Duration;
}

/**
 * Failed requests of this step. Where our weight is the only thing that splits requests it is the
 * same all the time: the looks are one segment, and the exposure is what was counted in all of them.
 * Where the share may wander with the load, each block of looks is judged given its own requests.
 *
 * Undefined where nothing was counted that can be compared.
 */
export function compareErrors(
  measurements: readonly Measurement[],
  settings: Settings,
  { alpha, isAlone, hasOwnShare, resolution }: Circumstances,
): Comparison | undefined {
  const looks = looksOf(measurements, isAlone);
  if (looks.every((look) => look.candidate.requests + look.stable.requests === 0)) return undefined;
  const { maxRatio, minRequests, nonInferiorityMargin: margin } = settings;
  const judged = judgeErrorCounts(
    { looks: [totalOf(looks)] },
    {
      ...defaultErrorCountSettings,
      alpha,
      maxRatio,
      ...(margin === undefined ? {} : { nonInferiority: { margin } }),
    },
  );
  const logEOf = hasOwnShare ? logEGivenRequests : logEOfSums;
  const { candidate, stable, ratio } = judged.evidence;
  const { estimate, lower: low, upper: high } = ratio;
  return {
    judge: 'errorCount',
    candidate: { n: candidate.requests, errors: candidate.errors },
    stable: { n: stable.requests, errors: stable.errors },
    ...(estimate === undefined ? {} : { estimate }),
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    logE: lasting(looks, resolution, (some) => logEOf(some, maxRatio)),
    isEnough: candidate.requests >= minRequests && (isAlone || judged.kind === 'pass'),
    because: sentenceOf(judged, margin),
  };
}

/**
 * The least evidence over the last scrape. Pods are scraped one after another: a burst that struck
 * both versions is in the counts of one of them first, and looks like harm until the other's follow.
 * Less evidence than there is never makes a test invalid.
 */
function lasting(
  looks: readonly TimedLook[],
  resolution: Duration,
  logEOf: (looks: readonly TimedLook[]) => number,
): number {
  const last = looks.at(-1)?.to ?? 0;
  const settled = looks.filter(({ to }) => to <= last - resolution).length;
  const ends = looks.map((_, i) => i + 1).filter((end) => end >= Math.max(settled, 1));
  return Math.min(...ends.map((end) => logEOf(looks.slice(0, end))), ...(settled === 0 ? [0] : []));
}

function logEOfSums(looks: readonly CountLook[], maxRatio: number): number {
  const total = totalOf(looks);
  const settings = { ...defaultErrorCountSettings, maxRatio };
  return followLooks([total], settings).looks.at(-1)?.logE ?? 0;
}

/**
 * Given how many requests each version got in a block and how many of all failed, the candidate's
 * failures are hypergeometric: no share need be known, and it may change from block to block.
 */
function logEGivenRequests(looks: readonly CountLook[], maxRatio: number): number {
  const odds = defaultLatencySettings.alternatives.map((multiple) => multiple * maxRatio);
  const sums = inBlocks(looks, 1)
    .map(totalOf)
    .map(({ candidate, stable }) =>
      conditionalLogRatios(
        {
          candidate: Math.round(candidate.requests),
          stable: Math.round(stable.requests),
          slowCandidate: Math.round(candidate.errors),
          slowStable: Math.round(stable.errors),
        },
        odds,
        maxRatio,
      ),
    )
    .reduce(
      (total, ratios) => total.map((one, i) => one + (ratios[i] ?? 0)),
      odds.map(() => 0),
    );
  return averageE(sums);
}

/** Whether it is harm is not for one cluster and step to say; what is missing is. */
function sentenceOf(
  { kind, because, evidence }: ReturnType<typeof judgeErrorCounts>,
  margin: number | undefined,
): string {
  const isConcluded = kind === 'fail' || (kind === 'pass' && margin === undefined);
  return isConcluded ? describeCounts(evidence) : because;
}

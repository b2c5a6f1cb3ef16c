import { eProcess, firstCrossing } from '../counts/e-process.js';
import type { Judgement } from '../judgement.js';
import { describeLatency } from './because.js';
import { boundariesOf } from './boundary-evidence.js';
import { judgeEquality } from './equality.js';
import type { LatencyCourse, LatencyEvidence } from './evidence.js';
import type { LatencyLook, LatencyMeasurements, LatencySettings } from './measurements.js';
import { quantileEstimates, quantileEvidence } from './quantile-evidence.js';
import { followSlower, type SlowerCourse } from './slower.js';
import { totals } from './totals.js';

/**
 * Is the candidate slower, at any part of the distribution? Judged after any look, as often as wanted:
 * the chance that a candidate that is nowhere slower ever fails is α at the most.
 *
 * At each bound the requests slower than it are split between the versions. The proxy picks a version
 * for each request by chance, so where the version makes no difference, any request of a look is the
 * candidate's with one probability, however slow, whatever made it slow, also when slow requests come in
 * bursts. Given how many requests of the look the candidate got and how many were slow, each way to
 * share them out is equally likely: an exact test that needs to know neither the weight nor the share
 * of slow requests, and lets both change from look to look (see `conditionalLogRatios`). It is exact for
 * "no slower" as well: every request as fast at least as with the stable version, or the distribution
 * of latencies nowhere to the right of the stable version's.
 *
 * What breaks it: retries, sticky sessions and header routes, one bad node under the candidate, versions
 * counted over different seconds, and a change of weight within a look.
 *
 * The least alternative sets a floor: odds ratios below about its square root are never found, however
 * many requests there are; they are differences that nobody asked to find.
 */
export function judgeLatency(
  measurements: LatencyMeasurements,
  settings: LatencySettings,
): Judgement<LatencyEvidence> {
  const evidence = gather(measurements, settings);
  const { kind, note } = decideLatency(evidence, settings);
  return { kind, because: `${describeLatency(evidence)}${note}`, evidence };
}

interface Decided {
  readonly kind: Judgement<unknown>['kind'];
  readonly note: string;
}

/** What the evidence of all looks so far comes to. */
export function decideLatency(
  { candidate, stable, crossing }: LatencyCourse,
  { minRequests }: LatencySettings,
): Decided {
  const requests = Math.min(candidate.requests, stable.requests);
  if (requests === 0) return { kind: 'noData', note: '' };
  if (crossing) return { kind: 'fail', note: `: evidence of harm since look ${crossing.look}` };
  return requests < minRequests
    ? { kind: 'inconclusive', note: `: ${minRequests} requests of each are needed to judge` }
    : { kind: 'pass', note: ': no evidence of harm' };
}

/** Requests of all looks by latency, and what following them look by look came to. */
export interface Followed {
  readonly upperBounds: readonly number[];
  readonly counts: LatencyLook;
  readonly slower: SlowerCourse;
}

/**
 * `judgeLatency` without what decides nothing and takes as long: how sure the quantiles are, and whether
 * there is any difference at all.
 */
export function courseOf(
  { upperBounds, counts, slower }: Followed,
  settings: LatencySettings,
): LatencyCourse {
  const { alpha, maxRatio, tolerance, alternatives } = settings;
  const quantile = quantileEstimates(upperBounds, counts, settings.quantile);
  const looks = slower.logEs.map((logE) => ({ logE }));
  const crossing = firstCrossing(looks, alpha);
  return {
    candidate: { requests: quantile.candidate.requests },
    stable: { requests: quantile.stable.requests },
    ...eProcess(looks, alpha),
    maxRatio,
    tolerance,
    alternatives,
    ...(crossing && { crossing }),
    boundaries: boundariesOf(upperBounds, settings, slower),
    looks,
    quantile,
  };
}

function gather(measurements: LatencyMeasurements, settings: LatencySettings): LatencyEvidence {
  const { upperBounds, looks } = measurements;
  const followed = {
    upperBounds,
    counts: totals(looks),
    slower: followSlower(measurements, settings),
  };
  return {
    ...courseOf(followed, settings),
    quantile: quantileEvidence(measurements, settings),
    equality: judgeEquality(measurements, settings.prior),
  };
}

import type { Judgement } from '../judgement.js';
import { describeCounts } from './because.js';
import type { ErrorCountEvidence } from './evidence.js';
import { gather } from './gather.js';
import type { ErrorCountMeasurements, ErrorCountSettings } from './measurements.js';

/**
 * Does the candidate fail more often than it may? Judged after any look, as often as wanted: the
 * chance that a harmless candidate ever fails is α at the most.
 *
 * Why counts are sound on a mesh: the proxy picks a version for each request by chance. Where the
 * version makes no difference, each error is the candidate's with the probability p0, whatever made
 * it, also when errors come in bursts with one cause; their rate need not be known nor constant, it
 * cancels (Lindon & Malek 2022, arXiv 2011.03567).
 *
 * What breaks it: retries (count attempts at the destination, not the client's requests), sticky
 * sessions and header routes (a version gets users, not requests), one bad node under the candidate
 * (look at its pods), versions scraped over different seconds, and a share of requests that is not
 * the programmed one (judge the split first, or take the observed exposure).
 *
 * With `exposure: 'observed'` p0 is a plug-in: the share of requests counted so far. Given the
 * counted requests x is then hypergeometric, which is less spread than Binomial(n, p0) (Hoeffding
 * 1963, theorem 4), and E is convex in x: at each look its mean is at most 1. The martingale that
 * holds over all looks together needs the known share, `exposure: 'programmed'`.
 */
export function judgeErrorCounts(
  { looks }: ErrorCountMeasurements,
  settings: ErrorCountSettings,
): Judgement<ErrorCountEvidence> {
  const evidence = gather(looks, settings);
  const { kind, note } = decide(evidence, settings);
  return { kind, because: `${describeCounts(evidence)}${note}`, evidence };
}

interface Decided {
  readonly kind: Judgement<unknown>['kind'];
  readonly note: string;
}

function decide(evidence: ErrorCountEvidence, settings: ErrorCountSettings): Decided {
  return unable(evidence, settings) ?? harmful(evidence) ?? harmless(evidence, settings);
}

/** Why nothing can be said, if so. */
function unable(
  { candidate, stable, segments }: ErrorCountEvidence,
  { minRequests, minErrors, exposure }: ErrorCountSettings,
): Decided | undefined {
  if (candidate.requests + stable.requests === 0) return { kind: 'noData', note: '' };
  const missing = (note: string): Decided => ({ kind: 'inconclusive', note: `: ${note}` });
  if (candidate.requests < minRequests) {
    return missing(`the candidate needs ${minRequests} requests to be judged`);
  }
  if (candidate.errors + stable.errors < minErrors) {
    return missing(`${minErrors} errors are needed to judge`);
  }
  if (segments.some((segment) => segment.exposure !== undefined)) return undefined;
  return missing(
    exposure === 'programmed'
      ? 'no weight between 0 and 1 was programmed, so there is nothing to compare'
      : 'only one version got requests, so there is nothing to compare',
  );
}

const harmful = ({ worse }: ErrorCountEvidence): Decided | undefined =>
  worse && {
    kind: 'fail',
    note: `: evidence of harm since look ${worse.look}`,
  };

function harmless(
  { ratio, better }: ErrorCountEvidence,
  { nonInferiority }: ErrorCountSettings,
): Decided {
  if (nonInferiority === undefined) {
    const note = better === undefined ? 'no evidence of harm' : 'the candidate is better';
    return { kind: 'pass', note: `: ${note}` };
  }
  const { margin } = nonInferiority;
  const upper = ratio.upperOneSided;
  const found = upper === undefined ? 'no upper limit yet' : `upper limit ${upper.toPrecision(3)}`;
  return upper !== undefined && upper < margin
    ? { kind: 'pass', note: `: ${found} is below the margin ${margin}` }
    : { kind: 'inconclusive', note: `: ${found}, must be below ${margin}` };
}

import type { ErrorCountEvidence } from './evidence.js';
import { countOf, eValueOf, roughly } from './figures.js';

/** `candidate 41 of 2,010 failed, stable 38 of 18,204: 9.8 times the rate, e = 3,200, stop at 1,000`. */
export function describeCounts(evidence: ErrorCountEvidence): string {
  const { candidate, stable, threshold } = evidence;
  if (candidate.requests + stable.requests === 0) return 'neither version got a request';
  const arms =
    `candidate ${countOf(candidate.errors)} of ${countOf(candidate.requests)} failed, ` +
    `stable ${countOf(stable.errors)} of ${countOf(stable.requests)}`;
  return `${arms}${describeRatio(evidence)}, e = ${eValueOf(shownLogE(evidence))}, stop at ${roughly(threshold)}`;
}

/** After a crossing the evidence that stays; otherwise that of now. */
const shownLogE = ({ worse, better, logE, maxLogE }: ErrorCountEvidence): number =>
  worse === undefined && better === undefined ? logE : maxLogE;

function describeRatio({ ratio, candidate, stable, maxRatio }: ErrorCountEvidence): string {
  if (candidate.requests === 0 || stable.requests === 0) return '';
  const allowed = maxRatio === 1 ? '' : ` (${roughly(maxRatio)} allowed)`;
  if (ratio.estimate !== undefined) return `: ${roughly(ratio.estimate)} times the rate${allowed}`;
  return candidate.errors > 0 ? `: only the candidate failed${allowed}` : '';
}

import { countOf, eValueOf, roughly } from '../counts/figures.js';
import type { LatencyCourse } from './evidence.js';
import type { ArmEstimate } from './quantile-evidence.js';
import type { BoundaryEvidence } from './boundary-evidence.js';

/**
 * `candidate 41 of 2,010 slower than 500 ms, stable 38 of 18,204: 9.8 times the share, e = 3,200 over
 * all bounds, stop at 100; p99 620 ms, stable 240 ms`.
 */
export function describeLatency(evidence: LatencyCourse): string {
  const { candidate, stable, crossing, logE, threshold } = evidence;
  if (candidate.requests === 0 || stable.requests === 0) {
    return `candidate ${countOf(candidate.requests)} requests, stable ${countOf(stable.requests)}`;
  }
  const e = `e = ${eValueOf(crossing?.logE ?? logE)} over all bounds, stop at ${roughly(threshold)}`;
  const most = mostEvident(evidence.boundaries);
  return [...(most ? [`${describeBoundary(most)}, ${e}`] : [e]), describeQuantile(evidence)].join(
    '; ',
  );
}

/** Of bounds that all requests are slower than, or none, nothing can be said. */
const mostEvident = (boundaries: readonly BoundaryEvidence[]): BoundaryEvidence | undefined =>
  boundaries
    .filter(({ n, candidate, stable }) => n > 0 && n < candidate.requests + stable.requests)
    .toSorted((one, other) => other.logE - one.logE)[0];

function describeBoundary({ above, stableAbove, candidate, stable }: BoundaryEvidence): string {
  const than = stableAbove === undefined ? '' : ` slower than ${ms(stableAbove)}`;
  const times = (candidate.share ?? 0) / (stable.share ?? 0);
  const ratio = Number.isFinite(times) ? `${roughly(times)} times the share` : 'only the candidate';
  return (
    `candidate ${countOf(candidate.slower)} of ${countOf(candidate.requests)} slower than ${ms(above)}, ` +
    `stable ${countOf(stable.slower)} of ${countOf(stable.requests)}${than}: ${ratio}`
  );
}

function describeQuantile({ quantile: { quantile, candidate, stable } }: LatencyCourse): string {
  const name = `p${figure.format(quantile * 100)}`;
  return `${name} ${estimateOf(candidate)}, stable ${estimateOf(stable)}`;
}

const estimateOf = ({ estimate }: ArmEstimate): string =>
  estimate === undefined ? 'unknown' : ms(estimate);

const figure = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

const ms = (value: number): string => `${figure.format(value)} ms`;

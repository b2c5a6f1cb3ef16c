import { countOf, eValueOf, roughly } from '../counts/figures.js';
import type { SplitArm, SplitEvidence } from './evidence.js';

/** `east: candidate got 1,034 of 5,000 requests (20.68 %, programmed 10 %), e = 10^106, stop at 1,000`. */
export function describeSplit(evidence: SplitEvidence): string {
  const { cluster, requests, arms, threshold } = evidence;
  const where = cluster === undefined ? '' : `${cluster}: `;
  if (requests === 0) return `${where}no version got a request`;
  const most = arms.reduce((one, other) => (strangeness(other) > strangeness(one) ? other : one));
  return (
    `${where}${most.name ?? `arm ${arms.indexOf(most) + 1}`} got ${countOf(most.requests)} of ` +
    `${countOf(requests)} requests (${percent(most.requests / requests)}, ` +
    `programmed ${percent(most.share)}), e = ${eValueOf(evidence.crossing ? evidence.maxLogE : evidence.logE)}, stop at ${roughly(threshold)}`
  );
}

/** Of two versions, the smaller one's share is the one that is off by more of itself. */
const strangeness = ({ requests, expected }: SplitArm): number =>
  Math.abs(requests - expected) / Math.max(expected, 1e-9);

const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`;

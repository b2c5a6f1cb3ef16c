import { EVERYTHING, NOTHING, type BasisPoints } from '@spillway/kernel';
import { lowerTail, upperTail } from './binomial.js';

/** Whether counted requests are split as a weight says. */
export type SplitFit = 'fits' | 'differs' | 'tooFew';

/** Of a thousand splits that are right, one at the most is said to differ. */
const doubt = 0.001;

/** At 0 or 100 % a single request to the other version differs, and so few prove nothing. */
const fewest = 100;

/**
 * The exact two-sided binomial test, half of the doubt on each side.
 *
 * `tooFew`: so few requests that a candidate with none of them, or with all,
 * would not be told from one with its weight. `increase` of a Prometheus gives
 * counts that are not whole; they are rounded.
 */
export function fitsSplit(
  weight: BasisPoints,
  candidateRequests: number,
  stableRequests: number,
): SplitFit {
  const candidate = Math.round(candidateRequests);
  const total = candidate + Math.round(stableRequests);
  if (weight === NOTHING) return isAllOrNothing(candidate, total);
  if (weight === EVERYTHING) return isAllOrNothing(total - candidate, total);

  const share = weight / EVERYTHING;
  const isLow = lowerTail(candidate, total, share) < doubt / 2;
  const isHigh = upperTail(candidate, total, share) < doubt / 2;
  if (isLow || isHigh) return 'differs';
  const tellsNone = lowerTail(0, total, share) < doubt / 2;
  const tellsAll = upperTail(total, total, share) < doubt / 2;
  return tellsNone && tellsAll ? 'fits' : 'tooFew';
}

function isAllOrNothing(wrong: number, total: number): SplitFit {
  if (wrong > 0) return 'differs';
  return total < fewest ? 'tooFew' : 'fits';
}

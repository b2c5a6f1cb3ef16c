import type { Instant } from '@spillway/kernel';
import type { Release } from '../release.js';
import { isAt, type Approval, type GatePlace } from './gate.js';

/** The approvals of a gate that count for this plan at this moment: one of each person, the latest. */
export function validApprovals(
  { approvals = [] }: Pick<Release, 'approvals'>,
  place: GatePlace,
  plan: string,
  now: Instant,
): readonly Approval[] {
  const valid = approvals.filter(
    (one) => isAt(one, place) && one.plan === plan && (one.until === undefined || now < one.until),
  );
  return valid.filter((one, i) => valid.findLastIndex(({ by }) => by === one.by) === i);
}

/** Whether this gate let this plan pass. */
export const hasPassed = (
  { passedGates = [] }: Pick<Release, 'passedGates'>,
  place: GatePlace,
  plan: string,
): boolean => passedGates.some((one) => isAt(one, place) && one.plan === plan);

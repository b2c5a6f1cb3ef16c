import { act, type Decision } from '../decision.js';
import type { Observation } from '../observation.js';
import type { Release } from '../release.js';

/** Says that the plan is another one than what was approved: then nothing that was said of it counts. */
export function voidedApprovals(release: Release, { gates }: Observation): Decision | undefined {
  if (gates === undefined) return undefined;
  const { approvals = [], passedGates = [] } = release;
  const isOld = ({ plan }: { readonly plan: string }): boolean => plan !== gates.plan;
  const by = [...new Set(approvals.filter(isOld).map((one) => one.by))];
  if (by.length === 0 && !passedGates.some(isOld)) return undefined;
  const whose =
    by.length === 0 ? 'gates are asked again' : `approvals by ${by.join(', ')} are void`;
  return act(
    { type: 'approvalsVoided', plan: gates.plan, by },
    `the plan was changed, so ${whose}`,
  );
}

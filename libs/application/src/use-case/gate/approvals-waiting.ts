import { approve, gatesOf, isAt, validApprovals, type Release } from '@spillway/domain-release';
import { ok } from '@spillway/kernel';
import type { Caller } from '../../access/caller.js';
import { visibleReleases } from '../../access/visible.js';
import type { Tx } from '../../port/unit-of-work.js';
import type { UseCaseDeps } from '../deps.js';
import type { ApprovalWaiting, UseCases } from '../use-cases.js';
import { judgementOf } from './judgement-of.js';

/** What waits for a yes of this caller: where they may give one, and have not. A service has one such release at most. */
export const listApprovalsWaiting =
  ({ unitOfWork }: UseCaseDeps): UseCases['listApprovalsWaiting'] =>
  async (caller) =>
    ok(
      await unitOfWork.run(async (tx) => {
        const all = await tx.releases.awaitingApproval();
        const found = [];
        for (const release of await visibleReleases(tx, caller, all)) {
          const waiting = await waitingFor(tx, release, caller);
          if (waiting !== undefined) found.push(waiting);
        }
        return found;
      }),
    );

async function waitingFor(
  tx: Tx,
  release: Release,
  caller: Caller,
): Promise<ApprovalWaiting | undefined> {
  const { awaiting } = release;
  const planned = awaiting && gatesOf(release.plan).find((one) => isAt(one, awaiting));
  if (awaiting === undefined || planned === undefined || 'manual' in planned.rule) return undefined;
  const judgement = await judgementOf(tx, release, { gate: planned.gate }, caller);
  const answer = approve(release, judgement, tx.now);
  if (!answer.ok || answer.value === undefined) return undefined;
  return {
    release,
    gate: planned,
    since: awaiting.since,
    plan: judgement.plan,
    approvals: validApprovals(release, planned, judgement.plan, tx.now),
    wanted: planned.rule.approvals.count,
  };
}

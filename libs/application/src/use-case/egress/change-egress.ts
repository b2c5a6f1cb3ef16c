import { refuseAllowList } from '@spillway/domain-egress';
import { ok, refusal, refuse, type Duration, type Refusal } from '@spillway/kernel';
import type { Tx } from '../../port/unit-of-work.js';
import type { UseCaseDeps } from '../deps.js';
import { notFound } from '../not-found.js';
import type { UseCases } from '../use-cases.js';
import { isSamePolicy, type EgressChange, type NewEgressPolicy } from './next-egress-record.js';
import { reportOn, usualWindow } from './read-egress.js';
import { refuseEnforcing } from './refuse-enforcing.js';
import { policyOf, saveEgress, unknownPolicy } from './save-egress.js';

/**
 * Adds a policy or replaces what is said of a namespace. Enforcing it is refused
 * while traffic is seen that it would block, unless that is accepted. One that
 * says the same again is written to its clusters again.
 */
export const putEgressPolicy =
  (deps: UseCaseDeps): UseCases['putEgressPolicy'] =>
  async (policy, { actor, acceptBlocked }) => {
    const wrong = refuseAllowList(policy.allow);
    if (wrong !== undefined) return refuse(wrong);
    const because = `${actor} applied it`;
    return change(deps, { policy, changedBy: actor, because }, acceptBlocked);
  };

export const enforceEgress =
  (deps: UseCaseDeps): UseCases['enforceEgress'] =>
  async ({ namespace, actor, acceptBlocked, window }) => {
    const known = await deps.unitOfWork.run((tx) => tx.egress.get(namespace));
    if (known === undefined) return refuse(unknownPolicy(namespace));
    const policy = { ...policyOf(known), mode: 'enforce' } as const;
    const because = `enforced by ${actor}`;
    return change(deps, { policy, changedBy: actor, because }, acceptBlocked, window);
  };

/** What would be blocked is asked outside of the transaction, which then sees that nothing moved meanwhile. */
async function change(
  deps: UseCaseDeps,
  { policy, ...by }: EgressChange,
  acceptBlocked: string | undefined,
  window: Duration = usualWindow,
): ReturnType<UseCases['putEgressPolicy']> {
  const { namespace } = policy;
  const before = await deps.unitOfWork.run(async (tx) => ({
    known: await tx.egress.get(namespace),
    missing: await firstUnknown(tx, policy),
  }));
  const { known, missing } = before;
  if (missing !== undefined) return refuse(notFound('UNKNOWN_CLUSTER', missing, 'clusters'));
  const isNew = known === undefined || !isSamePolicy(known, policy);
  const unsafe =
    policy.mode === 'enforce' && isNew
      ? refuseEnforcing(await reportOn(deps, policy, known, window))
      : undefined;
  if (unsafe !== undefined && acceptBlocked === undefined) return refuse(unsafe);
  const accepted = unsafe === undefined ? {} : { accepted: acceptBlocked ?? '' };
  return deps.unitOfWork.run(async (tx) => {
    const now = await tx.egress.lock(namespace);
    if (now?.generation !== known?.generation) return refuse(changedMeanwhile(namespace));
    return ok(await saveEgress(tx, now, { policy, ...by, ...accepted }));
  });
}

async function firstUnknown(tx: Tx, { clusters }: NewEgressPolicy): Promise<string | undefined> {
  const known = new Set((await tx.clusters.getAll(clusters)).map(({ name }) => name));
  return clusters.find((name) => !known.has(name));
}

const changedMeanwhile = (namespace: string): Refusal =>
  refusal(
    'STALE_WRITE',
    `The egress policy of "${namespace}" was changed by somebody else just now.`,
    'Read it again and repeat the change.',
  );

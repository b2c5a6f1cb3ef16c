import { refuseAllowList } from '@spillway/domain-egress';
import { ok, refusal, refuse, type Duration, type Refusal, type Result } from '@spillway/kernel';
import type { EgressRecord } from '../../port/egress-store.js';
import type { Tx } from '../../port/unit-of-work.js';
import { change, type Change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import { repeatedAnswer } from '../idempotently.js';
import { notFound } from '../not-found.js';
import type { UseCases } from '../use-cases.js';
import { isSamePolicy, type NewEgressPolicy } from './next-egress-record.js';
import { reportOn, usualWindow } from './read-egress.js';
import { refuseEnforcing } from './refuse-enforcing.js';
import { changedEgress, policyOf, saveEgress } from './save-egress.js';
import { unknownPolicy } from './unknown-policy.js';

/**
 * Adds a policy or replaces what is said of a namespace. Enforcing it is refused
 * while traffic is seen that it would block, unless that is accepted. One that
 * says the same again is written to its clusters again.
 */
export const putEgressPolicy =
  (deps: UseCaseDeps): UseCases['putEgressPolicy'] =>
  async (input, caller) => {
    const wrong = refuseAllowList(input.allow);
    if (wrong !== undefined) return refuse(wrong);
    const { acceptBlocked, ...policy } = input;
    const because = `${caller.actor} applied it`;
    const wanted = { operation: 'putEgressPolicy', input, caller } as const;
    return save(deps, wanted, { policy, because, acceptBlocked });
  };

export const enforceEgress =
  (deps: UseCaseDeps): UseCases['enforceEgress'] =>
  async (command, caller) => {
    const { namespace, window, acceptBlocked } = command;
    const wanted = { operation: 'enforceEgress', input: command, caller } as const;
    const { known, repeated } = await deps.unitOfWork.run(async (tx) => ({
      known: await tx.egress.get(namespace),
      repeated: await repeatedAnswer<EgressRecord>(tx, wanted),
    }));
    if (repeated !== undefined) return repeated;
    if (known === undefined) return refuse(unknownPolicy(namespace));
    const policy = { ...policyOf(known), mode: 'enforce' } as const;
    const because = `enforced by ${caller.actor}`;
    return save(deps, wanted, { policy, because, window, acceptBlocked, seen: known });
  };

interface NextPolicy {
  readonly policy: NewEgressPolicy;
  readonly because: string;
  readonly acceptBlocked: string | undefined;
  readonly window?: Duration | undefined;
  /** What the change began from, where it did not begin from nothing. */
  readonly seen?: EgressRecord;
}

/** What would be blocked is asked outside of the transaction, which then sees that nothing moved meanwhile. */
async function save(
  deps: UseCaseDeps,
  wanted: Change,
  { policy, because, acceptBlocked, window = usualWindow, seen }: NextPolicy,
): Promise<Result<EgressRecord, Refusal>> {
  const { namespace } = policy;
  const { known, missing } = await deps.unitOfWork.run(async (tx) => ({
    known: seen ?? (await tx.egress.get(namespace)),
    missing: await firstUnknown(tx, policy),
  }));
  if (missing !== undefined) return refuse(notFound('UNKNOWN_CLUSTER', missing, 'clusters'));
  const isNew = known === undefined || !isSamePolicy(known, policy);
  const unsafe =
    policy.mode === 'enforce' && isNew
      ? refuseEnforcing(await reportOn(deps, policy, known, window))
      : undefined;
  const { actor: changedBy } = wanted.caller;
  if (unsafe !== undefined && acceptBlocked === undefined) return refuse(unsafe);
  const accepted = unsafe === undefined ? {} : { accepted: acceptBlocked ?? '' };
  return change(deps, wanted, async (tx) => {
    const now = await tx.egress.lock(namespace);
    if (now?.generation !== known?.generation) return refuse(changedMeanwhile(namespace));
    const record = await saveEgress(tx, now, { policy, because, changedBy, ...accepted });
    return ok(changedEgress(now, record));
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

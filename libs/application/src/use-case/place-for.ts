import { evolve, isFinal, supersede, type Release } from '@spillway/domain-release';
import {
  ok,
  refuse,
  StaleWrite,
  type Refusal,
  type ReleaseId,
  type Result,
} from '@spillway/kernel';
import { record } from '../loop/reconcile.js';
import type { OnBusy } from '../port/service-store.js';
import type { Tx } from '../port/unit-of-work.js';
import { checkAsked, refuseSame, refuseTaken, type CheckedRelease } from './check-release.js';
import type { StartRelease } from './use-cases.js';

/** Where a new release comes to stand. */
export interface Place {
  readonly checked: CheckedRelease;
  /** What its service still has to do; absent where it begins at once. */
  readonly behind?: string;
}

type Wanted = StartRelease & { readonly actor: string };

/**
 * Makes room for a release, or a place in the queue, as its policy says. Releases are locked
 * before their service, in the order of their ids: as all do who lock both, or they would wait
 * for each other in a circle.
 */
export async function placeFor(
  tx: Tx,
  id: ReleaseId,
  wanted: Wanted,
): Promise<Result<Place, Refusal>> {
  const policy = await policyOf(tx, wanted);
  const others = policy === 'supersede' ? await lockOthers(tx, wanted) : [];
  const checked = await checkAsked(tx, wanted);
  if (!checked.ok) return checked;
  const { service } = checked.value;
  const refused = policy === 'queue' ? undefined : refuseSame(service, wanted);
  if (refused !== undefined) return refuse(refused);
  if (policy === 'supersede') await supersedeAll(tx, others, { id, ...wanted });
  const taken = await refuseTaken(tx, service);
  if (taken === undefined) {
    const same = refuseSame(service, wanted);
    return same === undefined ? ok({ checked: checked.value }) : refuse(same);
  }
  if (policy === 'refuse') return refuse(taken);
  return ok({ checked: checked.value, behind: taken.message });
}

export async function policyOf(
  tx: Tx,
  { onBusy, service }: Pick<Wanted, 'onBusy' | 'service'>,
): Promise<OnBusy> {
  return onBusy ?? (await tx.services.get(service))?.onBusy ?? 'refuse';
}

const othersOf = async (tx: Tx, { service }: Wanted): Promise<readonly Release[]> => {
  const running = await tx.releases.running(service);
  const queued = await tx.releases.queued(service);
  return running === undefined ? queued : [running, ...queued];
};

async function lockOthers(tx: Tx, wanted: Wanted): Promise<readonly Release[]> {
  const locked: Release[] = [];
  const others = await othersOf(tx, wanted);
  for (const { id } of others.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const release = await tx.releases.lock(id);
    if (release !== undefined) locked.push(release);
  }
  return locked;
}

/** Takes back what runs, and everything that waits. What came in meanwhile was somebody's who was faster. */
async function supersedeAll(
  tx: Tx,
  locked: readonly Release[],
  { id, actor, candidate, ...wanted }: Wanted & { readonly id: ReleaseId },
): Promise<void> {
  const known = new Set(locked.map((release) => release.id));
  const others = await othersOf(tx, { actor, candidate, ...wanted });
  const unknown = others.find((release) => !known.has(release.id));
  if (unknown !== undefined) throw new StaleWrite(unknown.id, 0);
  for (const release of locked.filter(({ phase }) => !isFinal(phase))) {
    const fact = supersede(release, id);
    if (fact === undefined) continue;
    const because = `superseded by ${candidate}, which ${actor} asked for`;
    const event = { ...fact, because, actor, at: tx.now };
    await record(tx, { release: evolve(release, event), events: [event] });
    await tx.jobs.enqueue({ kind: 'reconcile', release: release.id });
  }
}

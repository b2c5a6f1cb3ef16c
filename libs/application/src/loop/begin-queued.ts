import { evolve, loopActor, type Release, type ReleaseFact } from '@spillway/domain-release';
import { after, type Refusal, type Result, type ServiceName } from '@spillway/kernel';
import type { Tx } from '../port/unit-of-work.js';
import {
  checkAsked,
  podsLeft,
  refuseSame,
  type CheckedRelease,
} from '../use-case/check-release.js';
import { saveRelease } from './announce.js';

/** Whoever ends wakes the next; this is for one that a process of the version before ended. */
const lookAgain = 10_000;

/** First come, first served. */
export async function wakeQueued(tx: Tx, service: ServiceName): Promise<void> {
  const [first] = await tx.releases.queued(service);
  if (first !== undefined) await tx.jobs.enqueue({ kind: 'reconcile', release: first.id });
}

/**
 * Begins a release whose service is free: its stable version and its plan are those of this
 * moment. What would be refused now ends it, and the next one has its turn. The release is
 * locked before its service, as by all who lock both.
 */
export async function beginQueued(tx: Tx, release: Release): Promise<void> {
  const { id, service: name, candidate, strategy } = release;
  const service = await tx.services.lock(name);
  const running = await tx.releases.running(name);
  const [first] = await tx.releases.queued(name);
  const isFree = service !== undefined && (await podsLeft(tx, service)) === undefined;
  if (running !== undefined || first?.id !== id || !isFree) {
    await tx.jobs.enqueue({ kind: 'reconcile', release: id }, after(tx.now, lookAgain));
    return;
  }
  const checked = await checkAsked(tx, { service: name, candidate, strategy: strategy.name });
  const { fact, because } = outcomeOf(candidate, checked);
  const event = { ...fact, because, actor: loopActor, at: tx.now };
  await saveRelease(tx, evolve(release, event), [event]);
  if (fact.type === 'begun') await tx.jobs.enqueue({ kind: 'reconcile', release: id });
  else await wakeQueued(tx, name);
}

interface Outcome {
  readonly fact: ReleaseFact;
  readonly because: string;
}

function outcomeOf(
  candidate: Release['candidate'],
  checked: Result<CheckedRelease, Refusal>,
): Outcome {
  if (!checked.ok) return cancelled(checked.error);
  const { service, strategy, plan } = checked.value;
  const same = refuseSame(service, { candidate });
  if (same !== undefined) return cancelled(same);
  const { stable, generation } = service;
  return {
    fact: {
      type: 'begun',
      stable,
      strategy: { name: strategy.name, version: strategy.version },
      plan,
      generation,
    },
    because: `its turn has come: ${service.service} serves ${stable}`,
  };
}

const cancelled = ({ message }: Refusal): Outcome => ({
  fact: { type: 'cancelled' },
  because: `cannot begin any more: ${message}`,
});

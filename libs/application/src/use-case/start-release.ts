import { begin, type Follows, type Release } from '@spillway/domain-release';
import {
  ok,
  refuse,
  type Instant,
  type Refusal,
  type ReleaseId,
  type Result,
} from '@spillway/kernel';
import { saveRelease } from '../loop/announce.js';
import type { Tx } from '../port/unit-of-work.js';
import type { CheckedRelease } from './check-release.js';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { placeFor } from './place-for.js';
import type { StartRelease, UseCases } from './use-cases.js';

/**
 * Expands the strategy into a plan and records the release; a worker takes it
 * from there. A service has one release at a time.
 */
export const startRelease =
  (deps: Pick<UseCaseDeps, 'unitOfWork' | 'newReleaseId'>): UseCases['startRelease'] =>
  (command, caller) =>
    change(deps, { operation: 'startRelease', input: command, caller }, async (tx) => {
      const known = await begunAlready(tx, command);
      if (known !== undefined) {
        return ok({ value: known, subject: `release ${known.id}`, isRepeated: true as const });
      }
      const id = command.id ?? deps.newReleaseId();
      const begun = await beginRelease(tx, id, { command, actor: caller.actor });
      if (!begun.ok) return begun;
      return ok({ value: begun.value, subject: `release ${id}`, after: begun.value });
    });

interface Asked {
  readonly command: StartRelease;
  readonly actor: string;
  readonly follows?: Follows;
}

/** Makes the release, and room for it where it is to supersede another one. */
export async function beginRelease(
  tx: Tx,
  id: ReleaseId,
  asked: Asked,
): Promise<Result<Release, Refusal>> {
  const { command, actor } = asked;
  const place = await placeFor(tx, id, { ...command, actor });
  if (!place.ok) return refuse(place.error);
  const { behind, checked } = place.value;
  const created = createdEvent(id, asked, checked, tx.now);
  const waiting = { queued: true, because: `${created.because}; waits: ${behind}` } as const;
  const event = behind === undefined ? created : { ...created, ...waiting };
  const release = begin(event);
  await saveRelease(tx, release, [event]);
  await tx.jobs.enqueue({ kind: 'reconcile', release: id });
  return ok(release);
}

/** Who asks again for a release with an id, as after a lost answer, gets the one that there is. */
async function begunAlready(tx: Tx, command: StartRelease): Promise<Release | undefined> {
  const known = command.id === undefined ? undefined : await tx.releases.get(command.id);
  const isSame =
    known?.service === command.service &&
    known.candidate === command.candidate &&
    known.strategy.name === command.strategy;
  return isSame ? known : undefined;
}

/** The first event of a release; a plan begins with the same one. */
export const createdEvent = (
  id: ReleaseId,
  { command, actor, follows }: Asked,
  { service, strategy, plan }: CheckedRelease,
  at: Instant,
) =>
  ({
    type: 'created',
    id,
    service: service.service,
    stable: service.stable,
    candidate: command.candidate,
    strategy: { name: strategy.name, version: strategy.version },
    plan,
    description: command.description,
    generation: service.generation,
    ...(follows === undefined ? {} : { follows }),
    because: command.description || `${actor} asked for ${command.candidate}`,
    actor,
    at,
  }) as const;

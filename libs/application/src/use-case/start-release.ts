import { begin, type Release } from '@spillway/domain-release';
import { ok, type Instant, type ReleaseId } from '@spillway/kernel';
import { saveRelease } from '../loop/announce.js';
import type { Tx } from '../port/unit-of-work.js';
import { checkRelease, type CheckedRelease } from './check-release.js';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
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
      const checked = await checkRelease(tx, command);
      if (!checked.ok) return checked;
      const id = command.id ?? deps.newReleaseId();
      const event = createdEvent(id, { command, actor: caller.actor }, checked.value, tx.now);
      const release: Release = begin(event);
      await saveRelease(tx, release, [event]);
      await tx.jobs.enqueue({ kind: 'reconcile', release: id });
      return ok({ value: release, subject: `release ${id}`, after: release });
    });

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
  { command, actor }: { readonly command: StartRelease; readonly actor: string },
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
    because: command.description || `${actor} asked for ${command.candidate}`,
    actor,
    at,
  }) as const;

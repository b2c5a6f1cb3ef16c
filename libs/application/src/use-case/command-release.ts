import { evolve, obey, type Release } from '@spillway/domain-release';
import { ok, refuse, type ClusterName } from '@spillway/kernel';
import { record } from '../loop/reconcile.js';
import type { Tx } from '../port/unit-of-work.js';
import type { UseCaseDeps } from './deps.js';
import { idempotently } from './idempotently.js';
import { notFound } from './not-found.js';
import type { CommandRelease, UseCases } from './use-cases.js';

const pastTense = { pause: 'paused', resume: 'resumed', promote: 'promoted', abort: 'aborted' };

/**
 * Records a command and queues what follows. The writes of an abort are queued
 * right here, so they wait for no decision.
 */
export const commandRelease =
  ({ unitOfWork }: UseCaseDeps): UseCases['commandRelease'] =>
  (command) =>
    unitOfWork.run((tx) =>
      idempotently(tx, 'commandRelease', command, async () => {
        const release = await tx.releases.lock(command.release);
        if (release === undefined) return refuse(notFound('UNKNOWN_RELEASE', command.release));
        const fact = obey(release, command.verb, await lostClusters(tx, release));
        if (!fact.ok) return fact;
        const { actor } = command;
        const event = { ...fact.value, because: reasonFor(command), actor, at: tx.now };
        const next = evolve(release, event);
        await record(tx, { release: next, events: [event] });
        await tx.jobs.enqueue({ kind: 'reconcile', release: next.id });
        return ok(next);
      }),
    );

/** As workers saw them last: this process may have no link of its own. */
async function lostClusters(tx: Tx, { plan }: Release): Promise<ReadonlySet<ClusterName>> {
  const clusters = await tx.clusters.getAll(plan.waves.flat());
  const lost = clusters.filter(({ lastState }) => lastState?.kind === 'unreachable');
  return new Set(lost.map(({ name }) => name));
}

const reasonFor = ({ actor, verb, comment }: CommandRelease): string =>
  `${pastTense[verb]} by ${actor}${comment === '' ? '' : `: ${comment}`}`;

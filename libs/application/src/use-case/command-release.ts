import { evolve, obey } from '@spillway/domain-release';
import { ok, refuse } from '@spillway/kernel';
import { queueWrites } from '../loop/reconcile.js';
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
        const fact = obey(release, command.verb);
        if (!fact.ok) return fact;
        const { actor } = command;
        const event = { ...fact.value, because: reasonFor(command), actor, at: tx.now };
        const next = evolve(release, event);
        await tx.releases.save(next, [event]);
        await queueWrites(tx, next, [event]);
        await tx.jobs.enqueue({ kind: 'reconcile', release: next.id });
        return ok(next);
      }),
    );

const reasonFor = ({ actor, verb, comment }: CommandRelease): string =>
  `${pastTense[verb]} by ${actor}${comment === '' ? '' : `: ${comment}`}`;

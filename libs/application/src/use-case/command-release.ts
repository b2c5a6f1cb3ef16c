import { evolve, obey, type OrderVerb, type Release } from '@spillway/domain-release';
import { ok, refuse, type ClusterName } from '@spillway/kernel';
import { record } from '../loop/reconcile.js';
import type { Tx } from '../port/unit-of-work.js';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { CommandRelease, UseCases } from './use-cases.js';

const pastTense = {
  pause: 'paused',
  resume: 'resumed',
  promote: 'promoted',
  promoteFull: 'fully promoted',
  abort: 'aborted',
  skipStep: 'step skipped',
  restart: 'restarted',
} as const satisfies Record<Exclude<OrderVerb, 'jumpToStep'>, string>;

/**
 * Records a command and queues what follows. The writes of an abort are queued
 * right here, so they wait for no decision.
 */
export const commandRelease =
  (deps: UseCaseDeps): UseCases['commandRelease'] =>
  (command, caller) =>
    change(deps, { operation: 'commandRelease', input: command, caller }, async (tx) => {
      const release = await tx.releases.lock(command.release);
      if (release === undefined) return refuse(notFound('UNKNOWN_RELEASE', command.release));
      const subject = `release ${release.id}`;
      const fact = obey(release, command, await lostClusters(tx, release));
      if (!fact.ok) return fact;
      if (fact.value === 'already') return ok({ value: release, subject, isRepeated: true });
      const { actor } = caller;
      const event = { ...fact.value, because: reasonFor(command, actor), actor, at: tx.now };
      const next = evolve(release, event);
      await record(tx, { release: next, events: [event] });
      await tx.jobs.enqueue({ kind: 'reconcile', release: next.id });
      return ok({ value: next, subject, before: release, after: next });
    });

/** As workers saw them last: this process may have no link of its own. */
async function lostClusters(tx: Tx, { plan }: Release): Promise<ReadonlySet<ClusterName>> {
  const clusters = await tx.clusters.getAll(plan.waves.flat());
  const lost = clusters.filter(({ lastState }) => lastState?.kind === 'unreachable');
  return new Set(lost.map(({ name }) => name));
}

const reasonFor = (command: CommandRelease, actor: string): string =>
  `${wordsOf(command)} by ${actor}${command.comment === '' ? '' : `: ${command.comment}`}`;

/** Steps are counted from 1 in sentences. */
const wordsOf = (command: CommandRelease): string =>
  command.verb === 'jumpToStep' ? `sent to step ${command.step + 1}` : pastTense[command.verb];

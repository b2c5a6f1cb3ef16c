import {
  changeStrategy,
  evolve,
  notPossible,
  possibilityOf,
  type Plan,
  type Release,
  type Strategy,
} from '@spillway/domain-release';
import { ok, refuse, type Refusal, type Result } from '@spillway/kernel';
import { record } from '../loop/reconcile.js';
import type { Tx } from '../port/unit-of-work.js';
import { change } from './change.js';
import { checkPlan } from './check-release.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { ChangeReleaseStrategy, UseCases } from './use-cases.js';

/**
 * Expands another strategy for the clusters that the release began with, and lets it go on
 * from there at the weights that it has.
 */
export const changeReleaseStrategy =
  (deps: Pick<UseCaseDeps, 'unitOfWork'>): UseCases['changeReleaseStrategy'] =>
  (command, caller) =>
    change(deps, { operation: 'changeReleaseStrategy', input: command, caller }, async (tx) => {
      const release = await tx.releases.lock(command.release);
      if (release === undefined) return refuse(notFound('UNKNOWN_RELEASE', command.release));
      const subject = `release ${release.id}`;
      const planned = await planFor(tx, release, command);
      if (!planned.ok) return planned;
      const { strategy, plan } = planned.value;
      if (isPinned(release, strategy)) return ok({ value: release, subject, isRepeated: true });
      const { name, version } = strategy;
      const event = {
        ...changeStrategy(release, { name, version }, plan),
        because: reasonFor(command, strategy, caller.actor),
        actor: caller.actor,
        at: tx.now,
      };
      const next = evolve(release, event);
      await record(tx, { release: next, events: [event] });
      await tx.jobs.enqueue({ kind: 'reconcile', release: next.id });
      return ok({ value: next, subject, before: release, after: next });
    });

interface Planned {
  readonly strategy: Strategy;
  readonly plan: Plan;
}

async function planFor(
  tx: Tx,
  release: Release,
  { strategy: name, version }: ChangeReleaseStrategy,
): Promise<Result<Planned, Refusal>> {
  if (possibilityOf(release, 'changeStrategy') === 'refused') {
    return refuse(notPossible(release, 'changeStrategy'));
  }
  const strategy = await (version === undefined
    ? tx.strategies.get(name)
    : tx.strategies.getVersion(name, version));
  if (strategy === undefined) return refuse(notFound('UNKNOWN_STRATEGY', name, 'strategy'));
  const service = await tx.services.get(release.service);
  if (service === undefined) return refuse(notFound('UNKNOWN_SERVICE', release.service));
  const clusters = await tx.clusters.getAll(release.plan.waves.flat());
  const plan = await checkPlan(tx, { service, strategy, clusters, candidate: release.candidate });
  return plan.ok ? ok({ strategy, plan: plan.value }) : plan;
}

const isPinned = (release: Release, { name, version }: Strategy): boolean =>
  release.strategy.name === name && release.strategy.version === version;

const reasonFor = (
  { comment }: ChangeReleaseStrategy,
  { name, version }: Strategy,
  actor: string,
): string =>
  `goes on with strategy ${name} (version ${version}), as ${actor} said${comment === '' ? '' : `: ${comment}`}`;

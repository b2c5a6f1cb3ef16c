import { gatesOf, type Release, type ReleaseEvent } from '@spillway/domain-release';
import { deliveryId } from '@spillway/kernel';
import { digestOf } from '../../audit/digest.js';
import type { Tx } from '../../port/unit-of-work.js';

/** More events a release does not have; of more changes of one strategy none was the last one. */
const most = 10_000;

/** Events that say what is released, and how. */
const shaping: ReadonlySet<ReleaseEvent['type']> = new Set(['created', 'begun', 'strategyChanged']);

/**
 * Who had a hand in what a release does: who started it, or put the rule by which it was started,
 * changed its strategy, or wrote the version of the strategy that it follows. Nobody is looked for where no gate asks.
 */
export async function authorsOf(tx: Tx, release: Release): Promise<ReadonlySet<string>> {
  const asks = gatesOf(release.plan).some(
    ({ rule }) => 'approvals' in rule && rule.approvals.selfApproval === false,
  );
  if (!asks) return new Set();
  const events = await tx.releases.events(release.id, 0, most);
  const shaped = events.filter(({ event }) => shaping.has(event.type));
  return new Set([
    release.requestedBy,
    ...shaped.map(({ event }) => event.actor),
    ...(await strategyWriters(tx, release)),
    ...(await ruleWriters(tx, release)),
  ]);
}

/** The audit log knows who put what; who put the same again wanted it too. */
async function strategyWriters(tx: Tx, { strategy }: Release): Promise<readonly string[]> {
  const written = await tx.strategies.getVersion(strategy.name, strategy.version);
  if (written === undefined) return [];
  const digest = digestOf(written);
  const filter = { operation: 'putStrategy', subject: `strategy ${strategy.name}` };
  const { items } = await tx.audit.list(filter, { limit: 500 });
  return items.filter(({ after }) => after === digest).map(({ actor }) => actor);
}

/** A release has the id of the delivery that it came of. Whoever ever put the rule wanted it. */
async function ruleWriters(tx: Tx, { id }: Release): Promise<readonly string[]> {
  const outcome = (await tx.received.get(deliveryId(id)))?.outcome;
  if (outcome?.state !== 'released' || outcome.rule === undefined) return [];
  const filter = { operation: 'putRule', subject: `rule ${outcome.rule}` };
  const { items } = await tx.audit.list(filter, { limit: 500 });
  return items.map(({ actor }) => actor);
}

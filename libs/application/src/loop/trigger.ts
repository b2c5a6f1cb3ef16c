import { chooseRule, type Choice, type Trigger } from '@spillway/domain-rule';
import { releaseId, type DeliveryId } from '@spillway/kernel';
import type { Caller } from '../access/caller.js';
import type { ReceivedDelivery, ReceivedOutcome } from '../port/received-store.js';
import type { RuleRecord } from '../port/rule-store.js';
import type { Tx, UnitOfWork } from '../port/unit-of-work.js';
import { startRelease } from '../use-case/start-release.js';
import { noRule } from '../use-case/webhook/test-rule.js';
import { grantsOf, mayNot, mayRelease } from '../use-case/webhook/rule-owner.js';

/**
 * Makes of a delivery what the rules say, and notes what came of it. The release has the
 * delivery's id: whoever is killed between the release and the note finds it there the
 * next time, and never starts a second one.
 */
export const trigger =
  ({ unitOfWork }: { readonly unitOfWork: UnitOfWork }) =>
  async (id: DeliveryId): Promise<void> => {
    const decided = await unitOfWork.run((tx) => decide(tx, id));
    if (decided === undefined) return;
    const outcome = 'state' in decided ? decided : await started(decided, unitOfWork);
    await unitOfWork.run(async (tx) => {
      const now = await tx.received.lock(id);
      if (now?.outcome.state === 'pending') await tx.received.settle(id, outcome, tx.now);
    });
  };

interface Order {
  readonly choice: Choice & { readonly kind: 'release' };
  readonly delivery: ReceivedDelivery;
  readonly trigger: Trigger;
  readonly caller: Caller;
}

/** What to start, or what became of it already; nothing, when nobody waits for it. */
async function decide(tx: Tx, id: DeliveryId): Promise<Order | ReceivedOutcome | undefined> {
  const delivery = await tx.received.get(id);
  if (delivery?.outcome.state !== 'pending' || delivery.trigger === undefined) return undefined;
  const rules = await tx.rules.ofWebhook(delivery.webhook);
  const choice = chooseRule(rules, delivery.trigger);
  const { passedBy } = choice;
  const begun = await tx.releases.get(releaseId(id));
  if (begun !== undefined) {
    const rule = choice.kind === 'none' ? {} : { rule: choice.rule };
    return { state: 'released', ...rule, release: begun.id, passedBy };
  }
  if (choice.kind === 'none') {
    return { state: 'unmatched', because: noRule(rules.length), passedBy };
  }
  const { rule } = choice;
  if (choice.kind === 'unusable') {
    return { state: 'refused', rule, because: choice.because, passedBy };
  }
  return orderOf(tx, { choice, delivery, trigger: delivery.trigger }, rules);
}

/** Asked here and not only when it is started: of a rule whose owner may not any more, it says whose fault that is. */
async function orderOf(
  tx: Tx,
  order: Omit<Order, 'caller'>,
  rules: readonly RuleRecord[],
): Promise<Order | ReceivedOutcome | undefined> {
  const { choice, delivery } = order;
  const { rule, passedBy, release } = choice;
  const owner = rules.find(({ name }) => name === rule)?.owner;
  if (owner === undefined) return undefined;
  if (!(await mayRelease(tx, owner, release.service))) {
    return { state: 'refused', rule, because: mayNot(owner, release.service), passedBy };
  }
  const caller: Caller = {
    actor: `webhook ${delivery.webhook}`,
    grants: await grantsOf(tx, owner),
    origin: { via: 'webhook', requestId: delivery.id },
    idempotencyKey: delivery.id,
  };
  return { ...order, caller };
}

async function started(
  { choice, delivery, trigger: about, caller }: Order,
  unitOfWork: UnitOfWork,
): Promise<ReceivedOutcome> {
  const { rule, passedBy, release } = choice;
  const description = descriptionOf(about, rule);
  const id = releaseId(delivery.id);
  const start = startRelease({ unitOfWork, newReleaseId: () => id });
  const outcome = await start({ ...release, description, id }, caller);
  return outcome.ok
    ? { state: 'released', rule, release: outcome.value.id, passedBy }
    : { state: 'refused', rule, because: outcome.error.message, passedBy };
}

/** `deployment_status of acme/catalog in production, by rule deploy-catalog`. */
function descriptionOf({ event, repository, environment }: Trigger, rule: string): string {
  const of = repository === undefined ? '' : ` of ${repository}`;
  const where = environment === undefined ? '' : ` in ${environment}`;
  return `${event}${of}${where}, by rule ${rule}`;
}

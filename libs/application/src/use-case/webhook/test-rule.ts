import {
  chooseRule,
  refuseRule,
  type Choice,
  type Rule,
  type Trigger,
} from '@spillway/domain-rule';
import {
  ok,
  refuse,
  type DeliveryId,
  type Refusal,
  type Result,
  type WebhookName,
} from '@spillway/kernel';
import type { Caller } from '../../access/caller.js';
import type { RuleRecord } from '../../port/rule-store.js';
import type { Tx } from '../../port/unit-of-work.js';
import { checkAsked, checkRelease } from '../check-release.js';
import type { UseCaseDeps } from '../deps.js';
import { notFound } from '../not-found.js';
import { policyOf } from '../place-for.js';
import type { RuleTest, TestRule, UseCases } from '../use-cases.js';
import { mayNot, mayRelease, ownerOf } from './rule-owner.js';

interface Arrival {
  readonly webhook: WebhookName;
  readonly trigger: Trigger | undefined;
  readonly because: string;
}

/** What would come of a delivery, with the rules as they are or with one more. Starts and keeps nothing. */
export const testRule =
  (deps: UseCaseDeps): UseCases['testRule'] =>
  (wanted, caller) =>
    deps.unitOfWork.run(async (tx) => {
      const fault = wanted.rule && refuseRule(wanted.rule);
      if (fault !== undefined) return refuse(fault);
      const arrival = await arrivalOf(deps, tx, wanted);
      if (!arrival.ok) return arrival;
      const { webhook, trigger, because } = arrival.value;
      if (trigger === undefined) return ok({ webhook, because });
      const rules = await rulesFor(tx, webhook, wanted.rule, caller);
      return ok(await tested(tx, { webhook, trigger, because }, chooseRule(rules, trigger), rules));
    });

async function arrivalOf(
  { webhooks }: UseCaseDeps,
  tx: Tx,
  { about }: TestRule,
): Promise<Result<Arrival, Refusal>> {
  if (about.kind === 'delivery') return arrivedBefore(tx, about.delivery);
  const webhook = await tx.webhooks.get(about.webhook);
  if (webhook === undefined) return refuse(notFound('UNKNOWN_WEBHOOK', about.webhook, 'webhook'));
  const read = webhooks.read(webhook, about.sent);
  if (!read.ok) return read;
  const { trigger, because = '' } = read.value;
  return ok({ webhook: webhook.name, trigger, because });
}

async function arrivedBefore(tx: Tx, id: DeliveryId): Promise<Result<Arrival, Refusal>> {
  const found = await tx.received.get(id);
  if (found === undefined) return refuse(notFound('UNKNOWN_DELIVERY', id, 'delivery'));
  const because = found.outcome.state === 'ignored' ? found.outcome.because : '';
  return ok({ webhook: found.webhook, trigger: found.trigger, because });
}

type OwnedRule = Pick<RuleRecord, keyof Rule | 'owner'>;

/** The draft takes the place of the rule of its name. */
async function rulesFor(
  tx: Tx,
  webhook: WebhookName,
  draft: Rule | undefined,
  caller: Caller,
): Promise<readonly OwnedRule[]> {
  const stored = await tx.rules.ofWebhook(webhook);
  if (draft === undefined || draft.match.webhook !== webhook) return stored;
  const others = stored.filter(({ name }) => name !== draft.name);
  return [...others, { ...draft, owner: await ownerOf(tx, caller) }];
}

async function tested(
  tx: Tx,
  { webhook, trigger }: Arrival,
  choice: Choice,
  rules: readonly OwnedRule[],
): Promise<RuleTest> {
  const seen = { webhook, ...(trigger === undefined ? {} : { trigger }) };
  const passedBy = choice.passedBy;
  if (choice.kind === 'none') return { ...seen, passedBy, because: noRule(rules.length) };
  const { rule } = choice;
  if (choice.kind === 'unusable') return { ...seen, passedBy, rule, because: choice.because };
  const { release } = choice;
  const because = await whyNot(tx, choice, rules);
  return { ...seen, passedBy, rule, release, ...(because === undefined ? {} : { because }) };
}

export const noRule = (asked: number): string =>
  asked === 0 ? 'no rule listens to the webhook' : 'no rule matches';

async function whyNot(
  tx: Tx,
  { rule, release }: Choice & { readonly kind: 'release' },
  rules: readonly OwnedRule[],
): Promise<string | undefined> {
  const waits = (await policyOf(tx, release)) !== 'refuse';
  const checked = await (waits ? checkAsked(tx, release) : checkRelease(tx, release));
  if (!checked.ok) return checked.error.message;
  const owner = rules.find(({ name }) => name === rule)?.owner;
  return owner === undefined || (await mayRelease(tx, owner, release.service))
    ? undefined
    : mayNot(owner, release.service);
}

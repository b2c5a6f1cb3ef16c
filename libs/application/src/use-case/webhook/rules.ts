import { refuseRule, type Rule } from '@spillway/domain-rule';
import { ok, refuse, type Refusal } from '@spillway/kernel';
import type { Tx } from '../../port/unit-of-work.js';
import { change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import { notFound } from '../not-found.js';
import type { UseCases } from '../use-cases.js';
import { ownerOf } from './rule-owner.js';

/** Whoever puts it answers for the releases that it starts: they are made with what that caller may do. */
export const putRule =
  (deps: UseCaseDeps): UseCases['putRule'] =>
  (rule, caller) =>
    change(deps, { operation: 'putRule', input: rule, caller }, async (tx) => {
      const refused = await refuseUseless(tx, rule);
      if (refused !== undefined) return refuse(refused);
      const before = await tx.rules.lock(rule.name);
      const value = await tx.rules.put({ ...rule, owner: await ownerOf(tx, caller) });
      return ok({ value, subject: `rule ${rule.name}`, before, after: value });
    });

/** Of what no delivery could make a release; a service that is not there yet may still come. */
export async function refuseUseless(tx: Tx, rule: Rule): Promise<Refusal | undefined> {
  const { webhook } = rule.match;
  if ((await tx.webhooks.lock(webhook)) === undefined) {
    return notFound('UNKNOWN_WEBHOOK', webhook, 'match.webhook');
  }
  const { strategy } = rule.release;
  if ((await tx.strategies.get(strategy)) === undefined) {
    return notFound('UNKNOWN_STRATEGY', strategy, 'release.strategy');
  }
  return refuseRule(rule);
}

export const getRule =
  ({ unitOfWork }: UseCaseDeps): UseCases['getRule'] =>
  async (name) => {
    const record = await unitOfWork.read((tx) => tx.rules.get(name));
    return record === undefined ? refuse(notFound('UNKNOWN_RULE', name)) : ok(record);
  };

export const listRules =
  ({ unitOfWork }: UseCaseDeps): UseCases['listRules'] =>
  async (page) =>
    ok(await unitOfWork.read((tx) => tx.rules.list(page)));

/** What it started goes on. */
export const removeRule =
  (deps: UseCaseDeps): UseCases['removeRule'] =>
  (name, caller) =>
    change(deps, { operation: 'removeRule', input: name, caller }, async (tx) => {
      const before = await tx.rules.lock(name);
      if (before === undefined) return refuse(notFound('UNKNOWN_RULE', name));
      await tx.rules.remove(name);
      return ok({ value: undefined, subject: `rule ${name}`, before });
    });

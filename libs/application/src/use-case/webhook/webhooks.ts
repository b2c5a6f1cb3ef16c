import { ok, refusal, refuse } from '@spillway/kernel';
import { change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import { notFound } from '../not-found.js';
import type { UseCases } from '../use-cases.js';

/** The secrets come first: without one, every delivery would be refused. */
export const putWebhook =
  (deps: UseCaseDeps): UseCases['putWebhook'] =>
  (webhook, caller) =>
    change(deps, { operation: 'putWebhook', input: webhook, caller }, async (tx) => {
      const { name, secrets } = webhook;
      const found = new Set((await tx.secrets.getAll(secrets)).map((secret) => secret.name));
      const missing = secrets.findIndex((secret) => !found.has(secret));
      if (missing >= 0) {
        const secret = secrets[missing] ?? '';
        return refuse(notFound('UNKNOWN_SECRET', secret, `secrets[${missing}].secret`));
      }
      const before = await tx.webhooks.lock(name);
      const value = await tx.webhooks.put(webhook);
      return ok({ value, subject: `webhook ${name}`, before, after: value });
    });

export const getWebhook =
  ({ unitOfWork }: UseCaseDeps): UseCases['getWebhook'] =>
  async (name) => {
    const record = await unitOfWork.read((tx) => tx.webhooks.get(name));
    return record === undefined ? refuse(notFound('UNKNOWN_WEBHOOK', name)) : ok(record);
  };

export const listWebhooks =
  ({ unitOfWork }: UseCaseDeps): UseCases['listWebhooks'] =>
  async (page) =>
    ok(await unitOfWork.read((tx) => tx.webhooks.list(page)));

/** With its deliveries. Locked before it looks for rules: one that is put at this moment keeps it, or misses it. */
export const removeWebhook =
  (deps: UseCaseDeps): UseCases['removeWebhook'] =>
  (name, caller) =>
    change(deps, { operation: 'removeWebhook', input: name, caller }, async (tx) => {
      const before = await tx.webhooks.lock(name);
      if (before === undefined) return refuse(notFound('UNKNOWN_WEBHOOK', name));
      const [rule, ...others] = await tx.rules.ofWebhook(name);
      if (rule !== undefined) return refuse(inUse(name, rule.name, others.length));
      await tx.webhooks.remove(name);
      return ok({ value: undefined, subject: `webhook ${name}`, before });
    });

const inUse = (name: string, rule: string, others: number) =>
  refusal(
    'WEBHOOK_IN_USE',
    `Webhook "${name}" is what rule "${rule}"${others === 0 ? '' : ` and ${others} more`} listens to.`,
    `Remove it with "spillway rule remove ${rule}", or let it listen to another webhook.`,
  );

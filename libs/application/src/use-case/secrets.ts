import { ok, refusal, refuse, type SecretName } from '@spillway/kernel';
import type { Tx } from '../port/unit-of-work.js';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { UseCases } from './use-cases.js';

/** Whoever refers to it reads the new text from the next time on. */
export const putSecret =
  (deps: UseCaseDeps): UseCases['putSecret'] =>
  (name, text, caller) =>
    change(deps, { operation: 'putSecret', input: { name, text }, caller }, async (tx) => {
      const before = await tx.secrets.lock(name);
      const value = await tx.secrets.put(name, text);
      return ok({ value, subject: `secret ${name}`, before, after: value });
    });

export const listSecrets =
  ({ unitOfWork }: UseCaseDeps): UseCases['listSecrets'] =>
  async (page) =>
    ok(await unitOfWork.read((tx) => tx.secrets.list(page)));

/** Without its secret a source would give errors instead of measurements, and a webhook refuse everybody. */
export const removeSecret =
  (deps: UseCaseDeps): UseCases['removeSecret'] =>
  (name, caller) =>
    change(deps, { operation: 'removeSecret', input: name, caller }, async (tx) => {
      const known = await tx.secrets.lock(name);
      if (known === undefined) return refuse(notFound('UNKNOWN_SECRET', name));
      const users = await usersOf(tx, name);
      if (users.length > 0) return refuse(inUse(name, users));
      await tx.secrets.remove(name);
      return ok({ value: undefined, subject: `secret ${name}`, before: known });
    });

/** `source "datadog"`: everything that refers to it. */
async function usersOf(tx: Tx, name: SecretName): Promise<readonly string[]> {
  const sources = await tx.sources.referringTo(name);
  const webhooks = await tx.webhooks.referringTo(name);
  const notifications = await tx.notifications.referringTo(name);
  return [
    ...sources.map((source) => `source "${source}"`),
    ...webhooks.map((webhook) => `webhook "${webhook}"`),
    ...notifications.map((endpoint) => `notification endpoint "${endpoint}"`),
  ];
}

/** Of many the first three. */
function inUse(name: SecretName, users: readonly string[]) {
  const more = users.length > 3 ? ` and ${users.length - 3} more` : '';
  return refusal(
    'SECRET_IN_USE',
    `Secret "${name}" is needed by ${users.slice(0, 3).join(', ')}${more}.`,
    'Remove them first, or let them refer to another secret.',
  );
}

import { channelSecrets, testNotice, type Channel } from '@spillway/domain-notification';
import { deliveryId, ok, refuse, secretName, type NotificationName } from '@spillway/kernel';
import type { SecretUse } from '../port/secret-refs.js';
import type { Tx } from '../port/unit-of-work.js';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { UseCases } from './use-cases.js';

const subjectOf = (name: NotificationName): string => `notification endpoint ${name}`;

/** What waited for it is tried at once: whoever puts it again may have mended it. */
export const putNotification =
  (deps: UseCaseDeps): UseCases['putNotification'] =>
  (endpoint, caller) =>
    change(deps, { operation: 'putNotification', input: endpoint, caller }, async (tx) => {
      const missing = await firstMissing(tx, endpoint.channel);
      if (missing !== undefined) {
        return refuse(notFound('UNKNOWN_SECRET', missing.secret, missing.field));
      }
      const { name } = endpoint;
      const before = await tx.notifications.lock(name);
      const value = await tx.notifications.put(endpoint);
      await tx.jobs.enqueue({ kind: 'notify', endpoint: name });
      return ok({ value, subject: subjectOf(name), before, after: value });
    });

export const getNotification =
  ({ unitOfWork }: UseCaseDeps): UseCases['getNotification'] =>
  async (name) => {
    const found = await unitOfWork.read((tx) => tx.notifications.get(name));
    return found === undefined ? refuse(notFound('UNKNOWN_NOTIFICATION', name)) : ok(found);
  };

export const listNotifications =
  ({ unitOfWork }: UseCaseDeps): UseCases['listNotifications'] =>
  async (page) =>
    ok(await unitOfWork.read((tx) => tx.notifications.list(page)));

export const removeNotification =
  (deps: UseCaseDeps): UseCases['removeNotification'] =>
  (name, caller) =>
    change(deps, { operation: 'removeNotification', input: name, caller }, async (tx) => {
      const before = await tx.notifications.lock(name);
      if (before === undefined) return refuse(notFound('UNKNOWN_NOTIFICATION', name));
      await tx.notifications.remove(name);
      return ok({ value: undefined, subject: subjectOf(name), before });
    });

/** Goes the way of every other notice: through the queue, and by whichever worker is free. */
export const testNotification =
  (deps: UseCaseDeps): UseCases['testNotification'] =>
  (name, caller) =>
    change(deps, { operation: 'testNotification', input: name, caller }, async (tx) => {
      const endpoint = await tx.notifications.get(name);
      if (endpoint === undefined) return refuse(notFound('UNKNOWN_NOTIFICATION', name));
      const id = deliveryId(deps.newReleaseId());
      const notice = testNotice(caller.actor, tx.now);
      await tx.outgoingDeliveries.setRest(name, undefined);
      await tx.outgoingDeliveries.add([{ id, endpoint: name, notice }]);
      await tx.jobs.enqueue({ kind: 'notify', endpoint: name });
      const value = await tx.outgoingDeliveries.get(id);
      if (value === undefined) return refuse(notFound('UNKNOWN_DELIVERY', id));
      return ok({ value, subject: `delivery ${id}`, after: value });
    });

async function firstMissing(tx: Tx, channel: Channel): Promise<SecretUse | undefined> {
  const uses = channelSecrets(channel).map(([field, { secret }]) => ({
    secret: secretName(secret),
    field: `channel.${channel.kind}.${field}.secret`,
  }));
  const found = await tx.secrets.getAll(uses.map(({ secret }) => secret));
  const known = new Set(found.map(({ name }) => name));
  return uses.find(({ secret }) => !known.has(secret));
}

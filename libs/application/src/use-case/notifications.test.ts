import { describe, expect, it } from '@jest/globals';
import { aCaller } from '@spillway/application/testing';
import { deliveryId, notificationName, secretName } from '@spillway/kernel';
import type { NewNotificationEndpoint } from '../port/notification-store.js';
import { Workshop } from '../testing/fake/workshop.js';

const ops = notificationName('ops');
const endpoint: NewNotificationEndpoint = {
  name: ops,
  channel: { kind: 'slack', url: { secret: 'key' } },
  filter: { severity: 'info' },
};
const anna = aCaller('anna');

async function aShop(): Promise<Workshop> {
  const shop = new Workshop();
  await shop.useCases.putSecret(secretName('key'), 'text', anna);
  return shop;
}

async function tested(shop: Workshop): Promise<ReturnType<typeof deliveryId>> {
  const queued = await shop.useCases.testNotification(ops, anna);
  if (!queued.ok) throw new Error(queued.error.message);
  return queued.value.id;
}

const get = async (shop: Workshop, id: ReturnType<typeof deliveryId>) => {
  const found = await shop.useCases.getOutgoingDelivery(id, anna);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
};

describe('a notification endpoint', () => {
  it('is not put before its secret, nor outlived by it', async () => {
    const shop = new Workshop();
    expect(await shop.useCases.putNotification(endpoint, anna)).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_SECRET', field: 'channel.slack.url.secret' },
    });
    await shop.useCases.putSecret(secretName('key'), 'text', anna);
    expect(await shop.useCases.putNotification(endpoint, anna)).toMatchObject({ ok: true });
    expect(await shop.useCases.removeSecret(secretName('key'), anna)).toMatchObject({
      ok: false,
      error: { code: 'SECRET_IN_USE', message: expect.stringContaining('"ops"') },
    });
    await shop.useCases.removeNotification(ops, anna);
    expect(await shop.useCases.removeSecret(secretName('key'), anna)).toMatchObject({ ok: true });
  });

  it('is refused to who has read an older one', async () => {
    const shop = await aShop();
    await shop.useCases.putNotification(endpoint, anna);
    const late = { ...anna, ifMatch: '"something older"' };
    expect(await shop.useCases.putNotification(endpoint, late)).toMatchObject({
      error: { code: 'PRECONDITION_FAILED' },
    });
  });

  it('that rests is tried at once when it is put again, tested, or sent something again', async () => {
    const shop = await aShop();
    await shop.useCases.putNotification(endpoint, anna);
    shop.notifier.behave = () => ({ kind: 'failed', fault: 'endpoint', because: 'down' });
    const id = await tested(shop);
    for (const mend of [
      () => shop.useCases.putNotification(endpoint, anna),
      () => shop.useCases.redeliverOutgoing(id, anna),
      () => shop.useCases.testNotification(ops, anna),
    ]) {
      await shop.pass(60_000);
      const before = shop.notifier.given.length;
      await mend();
      await shop.work();
      expect(shop.notifier.given.length).toBe(before + 1);
    }
  });

  it('leaves one audit record for each change of it', async () => {
    const shop = await aShop();
    await shop.useCases.putNotification(endpoint, anna);
    await shop.useCases.redeliverOutgoing(await tested(shop), anna);
    await shop.useCases.removeNotification(ops, anna);
    const { items } = await shop.uow.run((tx) => tx.audit.list({}, { limit: 10 }));
    expect(items.map(({ operation }) => operation)).toEqual([
      'removeNotification',
      'redeliverOutgoing',
      'testNotification',
      'putNotification',
      'putSecret',
    ]);
  });
});

describe('a delivery', () => {
  it('that was given up is sent again, and keeps what was tried before', async () => {
    const shop = await aShop();
    await shop.useCases.putNotification(endpoint, anna);
    shop.notifier.behave = () => ({ kind: 'failed', fault: 'gone', because: '410', status: 410 });
    const id = await tested(shop);
    await shop.work();
    expect(await get(shop, id)).toMatchObject({ state: 'dead', tries: 1 });
    shop.notifier.behave = () => ({ kind: 'sent', status: 204 });
    expect(await shop.useCases.redeliverOutgoing(id, anna)).toMatchObject({
      value: { state: 'pending', tries: 0 },
    });
    await shop.work();
    expect(await get(shop, id)).toMatchObject({
      state: 'delivered',
      attempts: [{ status: 410 }, { status: 204 }],
    });
  });

  it('that is not there is not sent again', async () => {
    const shop = await aShop();
    const id = deliveryId('00000000-0000-4000-8000-000000000009');
    for (const outcome of [
      await shop.useCases.redeliverOutgoing(id, anna),
      await shop.useCases.getOutgoingDelivery(id, anna),
    ]) {
      expect(outcome).toMatchObject({ ok: false, error: { code: 'UNKNOWN_DELIVERY' } });
    }
  });
});

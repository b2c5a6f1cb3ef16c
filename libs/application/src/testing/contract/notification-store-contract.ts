import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { Channel, NoticeFilter } from '@spillway/domain-notification';
import { aNotice, aNoticedRelease } from '@spillway/domain-notification/testing';
import { deliveryId, notificationName, secretName, serviceName } from '@spillway/kernel';
import type { NewNotificationEndpoint } from '../../port/notification-store.js';
import type { Tx } from '../../port/unit-of-work.js';
import { fresh } from './fresh.js';
import type { Harness } from './harness.js';
import { pagesBothWays } from './pages.js';

const name = notificationName('ops');
const key = secretName('key');
const other = secretName('other');

const webhook: Channel = {
  kind: 'webhook',
  url: 'https://example.com/hook',
  signingSecret: { secret: key },
  authorization: { secret: other },
};
const slack: Channel = { kind: 'slack', url: { secret: key } };

const anEndpoint = (more: Partial<NewNotificationEndpoint> = {}): NewNotificationEndpoint => ({
  name,
  channel: webhook,
  filter: { severity: 'info' },
  ...more,
});

async function putSecrets(tx: Tx): Promise<void> {
  for (const each of [key, other]) await tx.secrets.put(each, 'text');
}

/** What every `NotificationStore` promises. */
export function notificationStoreContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const { uow } = await fill();
    await uow.run(putSecrets);
    return { uow };
  };

  it.each<NoticeFilter>([
    { severity: 'detail' },
    {
      severity: 'critical',
      namespaces: ['shop'],
      services: ['shop/catalog'],
      types: ['succeeded', 'rolledBack'],
    },
  ])('gives back an endpoint as it was put', async (filter) => {
    const { uow } = await start();
    const put = await uow.run((tx) => tx.notifications.put(anEndpoint({ filter })));
    const { createdAt } = put;
    expect(put).toEqual({
      ...anEndpoint({ filter }),
      createdAt,
      updatedAt: createdAt,
      since: createdAt,
    });
    expect(await uow.run((tx) => tx.notifications.get(name))).toEqual(put);
    expect(await uow.run((tx) => tx.notifications.all())).toEqual([put]);
  });

  it('knows nothing of an endpoint that was not put', async () => {
    const { uow } = await start();
    expect(await uow.run((tx) => tx.notifications.get(name))).toBeUndefined();
  });

  it('keeps the moment from which it is told, until it wants something else', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => tx.notifications.put(anEndpoint()));
    const moved = await uow.run((tx) => tx.notifications.put(anEndpoint({ channel: slack })));
    expect(moved).toMatchObject({
      channel: slack,
      createdAt: first.createdAt,
      since: first.since,
    });
    const filter = { severity: 'warning' } as const;
    const changed = await uow.run((tx) => tx.notifications.put(anEndpoint({ filter })));
    expect(changed.since).toBe(changed.updatedAt);
    expect(changed.createdAt).toBe(first.createdAt);
  });

  it.each<[boolean, string, NoticeFilter]>([
    [true, 'everything', { severity: 'detail' }],
    [true, 'its namespace', { severity: 'info', namespaces: ['pay', 'shop'] }],
    [false, 'another namespace', { severity: 'info', namespaces: ['pay'] }],
    [true, 'its service', { severity: 'info', services: ['shop/catalog'] }],
    [false, 'another service', { severity: 'info', services: ['shop/cart'] }],
    [true, 'one of its types', { severity: 'info', types: ['succeeded', 'rolledBack'] }],
    [false, 'another type', { severity: 'info', types: ['rolledBack'] }],
    [false, 'what matters more', { severity: 'critical' }],
  ])('says %s of somebody who wants %s', async (expected, _, filter) => {
    const { uow } = await start();
    await uow.run((tx) => tx.notifications.put(anEndpoint({ filter })));
    const happened = {
      service: serviceName('shop/catalog'),
      types: ['trafficApplied', 'succeeded'] as const,
    };
    expect(await uow.run((tx) => tx.notifications.mayWant(happened))).toBe(expected);
  });

  it('says that nobody wants anything when there is nobody', async () => {
    const { uow } = await start();
    const happened = { service: serviceName('shop/catalog'), types: ['rolledBack'] as const };
    expect(await uow.run((tx) => tx.notifications.mayWant(happened))).toBe(false);
  });

  it('lists endpoints in the order of their names, page by page', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      for (const each of ['c', 'a', 'b'].map(notificationName)) {
        await tx.notifications.put(anEndpoint({ name: each }));
      }
    });
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.notifications.list(page)));
    expect(pages.map((page) => page.map((each) => each.name))).toEqual([['a', 'b'], ['c']]);
  });

  it('knows which endpoints refer to a secret now, and which no longer do', async () => {
    const { uow } = await start();
    const referring = () => uow.run((tx) => tx.notifications.referringTo(other));
    await uow.run((tx) => tx.notifications.put(anEndpoint()));
    await uow.run((tx) => tx.notifications.put(anEndpoint({ name: notificationName('also') })));
    expect(await referring()).toEqual(['also', 'ops']);
    await uow.run((tx) => tx.notifications.put(anEndpoint({ channel: slack })));
    await uow.run((tx) => tx.notifications.remove(notificationName('also')));
    expect(await referring()).toEqual([]);
    expect(await uow.run((tx) => tx.notifications.referringTo(key))).toEqual(['ops']);
  });

  it('removes an endpoint with its deliveries, and does not mind one that is not there', async () => {
    const { uow } = await start();
    const id = deliveryId(randomUUID());
    const notice = aNotice({ release: aNoticedRelease() });
    await uow.run((tx) => tx.notifications.put(anEndpoint()));
    await uow.run((tx) => tx.outgoingDeliveries.add([{ id, endpoint: name, notice }]));
    await uow.run((tx) => tx.notifications.remove(name));
    await uow.run((tx) => tx.notifications.remove(name));
    expect(await uow.run((tx) => tx.notifications.get(name))).toBeUndefined();
    expect(await uow.run((tx) => tx.outgoingDeliveries.get(id))).toBeUndefined();
  });
}

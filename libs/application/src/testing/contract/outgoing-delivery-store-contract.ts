import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { aNotice, aNoticedRelease } from '@spillway/domain-notification/testing';
import {
  after,
  deliveryId,
  duration,
  instant,
  notificationName,
  releaseId,
  secretName,
  type DeliveryId,
} from '@spillway/kernel';
import type { NewOutgoingDelivery, Tried } from '../../port/outgoing-delivery-store.js';
import { fresh } from './fresh.js';
import type { Harness } from './harness.js';
import { pagesOf } from './pages.js';

const endpoint = notificationName('ops');
const other = notificationName('other');
const one = releaseId('00000000-0000-4000-8000-000000000001');
const two = releaseId('00000000-0000-4000-8000-000000000002');

const delivery = (
  release = one,
  sequence = 1,
  to = endpoint,
): NewOutgoingDelivery & { readonly id: DeliveryId } => ({
  id: deliveryId(randomUUID()),
  endpoint: to,
  notice: aNotice({ sequence, release: aNoticedRelease({ id: release }) }),
});

const failed = (at: number, more: Partial<Tried> = {}): Tried => ({
  attempt: { at: instant(at), took: duration(12), status: 503, because: 'it answered 503' },
  state: 'pending',
  dueAt: instant(at + 1_000),
  ...more,
});

/** What every `OutgoingDeliveryStore` promises. */
export function outgoingDeliveryStoreContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const { uow } = await fill();
    await uow.run(async (tx) => {
      await tx.secrets.put(secretName('key'), 'text');
      for (const name of [endpoint, other]) {
        const channel = { kind: 'slack', url: { secret: 'key' } } as const;
        await tx.notifications.put({ name, channel, filter: { severity: 'info' } });
      }
    });
    return { uow, now: await uow.run((tx) => Promise.resolve(tx.now)) };
  };

  it('remembers how far a release was noticed', async () => {
    const { uow } = await start();
    expect(await uow.run((tx) => tx.outgoingDeliveries.noticedUpTo(one))).toBe(0);
    for (const sequence of [3, 7]) {
      await uow.run((tx) => tx.outgoingDeliveries.setNoticedUpTo(one, sequence));
      expect(await uow.run((tx) => tx.outgoingDeliveries.noticedUpTo(one))).toBe(sequence);
    }
    expect(await uow.run((tx) => tx.outgoingDeliveries.noticedUpTo(two))).toBe(0);
  });

  it('gives back a delivery as it was added, due at once', async () => {
    const { uow } = await start();
    const added = delivery();
    const now = await uow.run(async (tx) => {
      await tx.outgoingDeliveries.add([added]);
      return tx.now;
    });
    expect(await uow.run((tx) => tx.outgoingDeliveries.get(added.id))).toEqual({
      ...added,
      state: 'pending',
      queuedAt: now,
      createdAt: now,
      dueAt: now,
      tries: 0,
      attempts: [],
    });
  });

  it('tells an endpoint of an event once, and of tests as often as there are some', async () => {
    const { uow } = await start();
    const test = () => delivery(two, 0);
    const again = [delivery(), delivery(one, 1, other), test(), test()];
    await uow.run((tx) => tx.outgoingDeliveries.add([delivery(), ...again]));
    await uow.run((tx) => tx.outgoingDeliveries.add([delivery()]));
    const all = await uow.run((tx) => tx.outgoingDeliveries.list({}, { limit: 10 }));
    expect(all.items.map((each) => [each.endpoint, each.notice.sequence])).toEqual([
      ['ops', 0],
      ['ops', 0],
      ['other', 1],
      ['ops', 1],
    ]);
  });

  it('gives of each release only the first that is pending, the longest due first', async () => {
    const { uow, now } = await start();
    const [first, second, third] = [delivery(one, 1), delivery(one, 2), delivery(two, 1)];
    const heads = async () =>
      (await uow.run((tx) => tx.outgoingDeliveries.heads(endpoint, 9))).map(({ id }) => id);
    await uow.run((tx) =>
      tx.outgoingDeliveries.add([first, second, third, delivery(one, 1, other)]),
    );
    expect(await heads()).toEqual([first.id, third.id]);
    await uow.run((tx) => tx.outgoingDeliveries.tried(first.id, failed(now + 60_000)));
    expect(await heads()).toEqual([third.id, first.id]);
    const done = failed(now, { state: 'delivered' });
    await uow.run((tx) => tx.outgoingDeliveries.tried(first.id, done));
    expect(new Set(await heads())).toEqual(new Set([third.id, second.id]));
    expect(await uow.run((tx) => tx.outgoingDeliveries.heads(endpoint, 1))).toHaveLength(1);
  });

  it('keeps each attempt, and counts those since it was queued', async () => {
    const { uow, now } = await start();
    const added = delivery();
    await uow.run((tx) => tx.outgoingDeliveries.add([added]));
    const get = () => uow.run((tx) => tx.outgoingDeliveries.get(added.id));
    await uow.run((tx) => tx.outgoingDeliveries.tried(added.id, failed(now)));
    const dead = failed(now + 5_000, {
      attempt: { at: instant(now + 5_000), took: duration(0), because: 'no answer' },
      state: 'dead',
    });
    await uow.run((tx) => tx.outgoingDeliveries.tried(added.id, dead));
    expect(await get()).toMatchObject({
      state: 'dead',
      dueAt: dead.dueAt,
      tries: 2,
      attempts: [failed(now).attempt, dead.attempt],
    });
    await uow.run((tx) => tx.outgoingDeliveries.requeue(added.id));
    expect(await get()).toMatchObject({ state: 'pending', tries: 0 });
    expect((await get())?.attempts).toHaveLength(2);
  });

  it('does not note an attempt of what is not pending any more, or not there', async () => {
    const { uow, now } = await start();
    const added = delivery();
    await uow.run((tx) => tx.outgoingDeliveries.add([added]));
    const done = failed(now, { state: 'delivered' });
    for (let times = 0; times < 2; times += 1) {
      await uow.run((tx) => tx.outgoingDeliveries.tried(added.id, done));
    }
    await uow.run((tx) => tx.outgoingDeliveries.tried(delivery().id, done));
    const found = await uow.run((tx) => tx.outgoingDeliveries.get(added.id));
    expect(found?.attempts).toHaveLength(1);
  });

  it('lets an endpoint rest, until that is over or it is put again', async () => {
    const { uow, now } = await start();
    const rest = { failures: 3, until: after(now, 4_000) };
    const resting = () => uow.run((tx) => tx.outgoingDeliveries.rest(endpoint));
    expect(await resting()).toBeUndefined();
    await uow.run((tx) => tx.outgoingDeliveries.setRest(endpoint, rest));
    expect(await resting()).toEqual(rest);
    expect(await uow.run((tx) => tx.outgoingDeliveries.rest(other))).toBeUndefined();
    await uow.run((tx) => tx.outgoingDeliveries.setRest(endpoint, undefined));
    expect(await resting()).toBeUndefined();
    await uow.run((tx) => tx.outgoingDeliveries.setRest(endpoint, rest));
    await uow.run(async (tx) => {
      const known = await tx.notifications.get(endpoint);
      if (known !== undefined) await tx.notifications.put(known);
    });
    expect(await resting()).toBeUndefined();
  });

  it('lists the newest first, by endpoint, release and state, page by page', async () => {
    const { uow, now } = await start();
    const all = [delivery(one, 1), delivery(one, 2), delivery(two, 1), delivery(one, 1, other)];
    const [first, second, third, fourth] = all.map(({ id }) => id);
    await uow.run((tx) => tx.outgoingDeliveries.add(all));
    await uow.run((tx) =>
      tx.outgoingDeliveries.tried(all[1]?.id ?? deliveryId(''), failed(now, { state: 'dead' })),
    );
    const ids = async (filter: object) =>
      (await uow.run((tx) => tx.outgoingDeliveries.list(filter, { limit: 9 }))).items.map(
        ({ id }) => id,
      );
    expect(await ids({ endpoint })).toEqual([third, second, first]);
    expect(await ids({ release: one })).toEqual([fourth, second, first]);
    expect(await ids({ state: 'dead' })).toEqual([second]);
    expect(await ids({ endpoint, state: 'pending', release: two })).toEqual([third]);
    const pages = await pagesOf(3, (page) => uow.run((tx) => tx.outgoingDeliveries.list({}, page)));
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([
      [fourth, third, second],
      [first],
    ]);
  });

  it('gives up what waits for too long, and forgets what ended long ago', async () => {
    const { uow, now } = await start();
    const [mine, others] = [delivery(), delivery(one, 1, other)];
    await uow.run((tx) => tx.outgoingDeliveries.add([mine, others]));
    const later = after(now, 60_000);
    expect(await uow.run((tx) => tx.outgoingDeliveries.giveUp(endpoint, instant(now - 1)))).toBe(0);
    expect(await uow.run((tx) => tx.outgoingDeliveries.giveUp(endpoint, later))).toBe(1);
    expect(await uow.run((tx) => tx.outgoingDeliveries.get(mine.id))).toMatchObject({
      state: 'dead',
    });
    await uow.run((tx) => tx.outgoingDeliveries.forget(instant(now - 1)));
    expect(await uow.run((tx) => tx.outgoingDeliveries.get(mine.id))).toBeDefined();
    await uow.run((tx) => tx.outgoingDeliveries.forget(later));
    expect(await uow.run((tx) => tx.outgoingDeliveries.get(mine.id))).toBeUndefined();
    expect(await uow.run((tx) => tx.outgoingDeliveries.get(others.id))).toMatchObject({
      state: 'pending',
    });
  });
}

import { describe, expect, it } from '@jest/globals';
import { mostAttempts } from '@spillway/domain-notification';
import { aNotice, aNoticedRelease } from '@spillway/domain-notification/testing';
import { deliveryId, duration, notificationName, releaseId, secretName } from '@spillway/kernel';
import type { OutgoingNotice, SendOutcome } from '../port/notifier.js';
import { Workshop } from '../testing/fake/workshop.js';

const ops = notificationName('ops');
const other = notificationName('other');
const one = releaseId('00000000-0000-4000-8000-000000000001');
const two = releaseId('00000000-0000-4000-8000-000000000002');
const idOf = (text: string) => deliveryId(`${text}0000000-0000-4000-8000-000000000000`);
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(idOf) as [
  ReturnType<typeof idOf>,
  ...ReturnType<typeof idOf>[],
];

const down: SendOutcome = {
  kind: 'failed',
  fault: 'endpoint',
  because: 'it answered 503',
  status: 503,
};
const refused: SendOutcome = { kind: 'failed', fault: 'message', because: 'no', status: 400 };
const sent: SendOutcome = { kind: 'sent', status: 204 };
const hour = 3_600_000;

/** `a`, `b` of one release and `c` of another for `ops`; `d` for another endpoint. */
async function aShop(behave: (notice: OutgoingNotice) => SendOutcome): Promise<Workshop> {
  const shop = new Workshop();
  shop.notifier.behave = behave;
  await shop.uow.run(async (tx) => {
    await tx.secrets.put(secretName('key'), 'text');
    for (const name of [ops, other]) {
      const channel = { kind: 'slack', url: { secret: 'key' } } as const;
      await tx.notifications.put({ name, channel, filter: { severity: 'info' } });
      await tx.jobs.enqueue({ kind: 'notify', endpoint: name });
    }
    const notice = (release: typeof one, sequence: number) =>
      aNotice({ sequence, release: aNoticedRelease({ id: release }) });
    await tx.outgoingDeliveries.add([
      { id: a, endpoint: ops, notice: notice(one, 1) },
      { id: b ?? a, endpoint: ops, notice: notice(one, 2) },
      { id: c ?? a, endpoint: ops, notice: notice(two, 1) },
      { id: d ?? a, endpoint: other, notice: notice(one, 1) },
    ]);
  });
  return shop;
}

const firsts = (shop: Workshop) => shop.notifier.given.map(({ id }) => id.charAt(0));
const tried = (shop: Workshop): string => firsts(shop).join('');
const triedSorted = (shop: Workshop): string => firsts(shop).toSorted().join('');

const stateOf = async (shop: Workshop, id = a) => {
  const found = await shop.uow.run((tx) => tx.outgoingDeliveries.get(id));
  if (found === undefined) throw new Error(`no delivery ${id}`);
  return found;
};

describe('delivering', () => {
  it('sends all of a release in its order', async () => {
    const shop = await aShop(() => sent);
    await shop.work();
    expect(tried(shop).replace('d', '')).toMatch(/^(abc|acb|cab)$/);
    expect(await stateOf(shop)).toMatchObject({
      state: 'delivered',
      attempts: [{ status: 204 }],
    });
    expect(shop.uow.jobs.nextRunAt()).toBeUndefined();
  });

  it('lets an endpoint rest that fails, longer each time, and hinders no other', async () => {
    let isDown = true;
    const shop = await aShop(({ id }) => (id !== d && isDown ? down : sent));
    await shop.work();
    expect(triedSorted(shop)).toBe('ad');
    expect(await stateOf(shop, d)).toMatchObject({ state: 'delivered' });
    expect(shop.queue()).toEqual(['notify in 1000 ms']);
    await shop.pass(999);
    expect(shop.notifier.given).toHaveLength(2);
    await shop.pass(1);
    expect(shop.queue()).toEqual(['notify in 2000 ms']);
    isDown = false;
    await shop.pass(2_000);
    for (const id of [a, b, c]) {
      expect(await stateOf(shop, id)).toMatchObject({ state: 'delivered' });
    }
    const order = tried(shop);
    expect(order.lastIndexOf('a')).toBeLessThan(order.indexOf('b'));
  });

  it('waits as long as it is asked to', async () => {
    const shop = await aShop(() => ({ ...down, status: 429, after: duration(30_000) }));
    await shop.work();
    expect(shop.queue()).toEqual(['notify in 30000 ms', 'notify in 30000 ms']);
  });

  it('lets only the release wait of which one message is refused', async () => {
    const shop = await aShop(({ id }) => (id === a ? refused : sent));
    await shop.pass(500);
    expect(triedSorted(shop)).toBe('acd');
    await shop.pass(500);
    expect(triedSorted(shop)).toBe('aacd');
  });

  it('gives a message up after many attempts, and goes on with the next', async () => {
    const shop = await aShop(({ id }) => (id === a ? refused : sent));
    await shop.pass(23 * hour);
    const dead = await stateOf(shop);
    expect(dead).toMatchObject({ state: 'dead', tries: mostAttempts });
    expect(dead.attempts).toHaveLength(mostAttempts);
    expect(await stateOf(shop, b)).toMatchObject({ state: 'delivered' });
  });

  it('gives up at once where nobody will ever be', async () => {
    const gone: SendOutcome = { ...refused, fault: 'gone', status: 410 };
    const shop = await aShop(({ id }) => (id === a ? gone : sent));
    await shop.work();
    expect(await stateOf(shop)).toMatchObject({ state: 'dead', tries: 1 });
    expect(await stateOf(shop, b)).toMatchObject({ state: 'delivered' });
  });

  it('gives up what an endpoint did not take within a day', async () => {
    const shop = await aShop(({ id }) => (id === d ? sent : down));
    await shop.pass(26 * hour);
    for (const id of [a, b, c]) expect(await stateOf(shop, id)).toMatchObject({ state: 'dead' });
    expect(shop.uow.jobs.nextRunAt()).toBeUndefined();
  });

  it('leaves it to the queue to repeat what could not be tried at all', async () => {
    let isBroken = true;
    const shop = await aShop(() => sent);
    shop.notifier.behave = () => {
      if (isBroken) throw new Error('no database');
      return sent;
    };
    await expect(shop.work()).rejects.toThrow('no database');
    expect(await stateOf(shop)).toMatchObject({ state: 'pending', attempts: [] });
    isBroken = false;
    await shop.pass(60_000);
    expect(await stateOf(shop)).toMatchObject({ state: 'delivered' });
  });

  it('stops when the endpoint is not there any more', async () => {
    const shop = await aShop(() => down);
    await shop.work();
    await shop.uow.run((tx) => tx.notifications.remove(ops));
    await shop.uow.run((tx) => tx.notifications.remove(other));
    await shop.pass(hour);
    expect(shop.notifier.given).toHaveLength(2);
  });

  it('says in the log which delivery failed, and why', async () => {
    const shop = await aShop(() => down);
    await shop.work();
    expect(shop.log).toContainEqual({ level: 'warn', message: 'a notification was not delivered' });
  });
});

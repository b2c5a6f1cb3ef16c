import { expect, it } from '@jest/globals';
import { serviceName } from '@spillway/kernel';
import type { FeedEvent, FeedPosition } from '../../port/release-store.js';
import type { Tx, UnitOfWork } from '../../port/unit-of-work.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { catalog, putSurroundings, saveFirst, saveNext, someRelease } from './sample.js';

const cart = serviceName('shop/cart');
const names = (events: readonly FeedEvent[]) =>
  events.map(({ service, sequence }) => `${service} ${sequence}`);

/** Everything after the position, read in parts of two. */
async function readOn(uow: UnitOfWork, from: FeedPosition): Promise<FeedEvent[]> {
  const read: FeedEvent[] = [];
  for (let at = from; ;) {
    const { events, end, isOpen } = await uow.run((tx) => tx.releases.recent(at, 2));
    read.push(...events);
    at = end;
    if (events.length === 0 && !isOpen) return read;
  }
}

export function releaseRecentContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const { uow } = await fill();
    const [first, second] = [someRelease(), someRelease({ service: cart })];
    await uow.run((tx) => putSurroundings(tx, [catalog, cart]));
    const { end } = await uow.run((tx) => tx.releases.recent(undefined, 10));
    const saved = await uow.run((tx) => saveFirst(tx, first));
    await uow.run(async (tx: Tx) => {
      await saveNext(tx, saved, {});
      await saveFirst(tx, second);
    });
    return { uow, end, second };
  };

  it('tells the events of all releases, those of each in their order', async () => {
    const { uow, end } = await start();
    const told = names(await readOn(uow, end));
    expect(told.filter((name) => name.startsWith(catalog))).toEqual([
      `${catalog} 1`,
      `${catalog} 2`,
    ]);
    expect(told.toSorted()).toEqual([`${cart} 1`, `${catalog} 1`, `${catalog} 2`]);
  });

  it('begins now where no position is given', async () => {
    const { uow, end: before } = await start();
    await readOn(uow, before);
    const { events, end } = await uow.run((tx) => tx.releases.recent(undefined, 10));
    expect(events).toEqual([]);
    expect(await readOn(uow, end)).toEqual([]);
  });

  it('reads on from every event that it told', async () => {
    const { uow, end } = await start();
    const all = await readOn(uow, end);
    for (const [index, { position }] of all.entries()) {
      expect(names(await readOn(uow, position))).toEqual(names(all.slice(index + 1)));
    }
  });

  it('refuses a position that it never gave', async () => {
    const { uow } = await start();
    const reading = uow.run((tx) => tx.releases.recent('nowhere' as FeedPosition, 10));
    await expect(reading).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
}

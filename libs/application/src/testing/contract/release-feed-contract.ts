import { expect, it } from '@jest/globals';
import { serviceName, type ReleaseId } from '@spillway/kernel';
import type { ReleaseFeedHarness } from './harness.js';
import { fresh } from './fresh.js';
import { catalog, putSurroundings, saveFirst, saveNext, someRelease } from './sample.js';
import { until } from './until.js';

const cart = serviceName('shop/cart');

/** What every `ReleaseFeed` promises. */
export function releaseFeedContract(make: () => Promise<ReleaseFeedHarness>): void {
  const fill = fresh(make);
  const start = async () => {
    const harness = await fill();
    await harness.uow.run((tx) => putSurroundings(tx, [catalog, cart]));
    return harness;
  };

  it('tells every listener of each save', async () => {
    const { uow, feed } = await start();
    const one: ReleaseId[] = [];
    const other: ReleaseId[] = [];
    feed.subscribe((id) => one.push(id));
    feed.subscribe((id) => other.push(id));
    const release = await uow.run((tx) => saveFirst(tx, someRelease()));
    await until(() => one.includes(release.id) && other.includes(release.id));
    one.length = 0;
    await uow.run((tx) => saveNext(tx, release));
    await until(() => one.includes(release.id));
  });

  it('lets a listener read what it was told of', async () => {
    const { uow, feed } = await start();
    const revisions: (number | undefined)[] = [];
    feed.subscribe((id) => {
      void uow.run((tx) => tx.releases.get(id)).then((read) => revisions.push(read?.revision));
    });
    await uow.run((tx) => saveFirst(tx, someRelease()));
    await until(() => revisions.length > 0);
    expect(revisions).toEqual([1]);
  });

  it('says nothing of a save that was rolled back', async () => {
    const { uow, feed } = await start();
    const heard: ReleaseId[] = [];
    feed.subscribe((id) => heard.push(id));
    const undone = someRelease();
    const work = uow.run(async (tx) => {
      await saveFirst(tx, undone);
      throw new Error('second thoughts');
    });
    await expect(work).rejects.toThrow('second thoughts');
    const kept = await uow.run((tx) => saveFirst(tx, someRelease({ service: cart })));
    await until(() => heard.includes(kept.id));
    expect(heard).not.toContain(undone.id);
  });

  it('leaves a listener alone that has stopped', async () => {
    const { uow, feed } = await start();
    const stopped: ReleaseId[] = [];
    const listening: ReleaseId[] = [];
    const stop = feed.subscribe((id) => stopped.push(id));
    feed.subscribe((id) => listening.push(id));
    stop();
    const release = await uow.run((tx) => saveFirst(tx, someRelease()));
    await until(() => listening.includes(release.id));
    expect(stopped).toEqual([]);
  });
}

import { expect, it } from '@jest/globals';
import type { Harness } from './harness.js';
import { aCluster, catalog, eu, putSurroundings, saveFirst, someRelease } from './sample.js';
import { fresh } from './fresh.js';

/** What every `UnitOfWork` promises. */
export function unitOfWorkContract(make: () => Promise<Harness>): void {
  const start = fresh(make);

  it('gives back what the work gave', async () => {
    const { uow } = await start();
    await expect(uow.run(() => Promise.resolve('done'))).resolves.toBe('done');
  });

  it('keeps what was written when the work is fulfilled', async () => {
    const { uow } = await start();
    await uow.run((tx) => tx.clusters.put(aCluster()));
    await expect(uow.run((tx) => tx.clusters.get(eu))).resolves.toMatchObject({ name: eu });
  });

  it('lets the work read what it wrote', async () => {
    const { uow } = await start();
    const read = await uow.run(async (tx) => {
      await tx.clusters.put(aCluster());
      return tx.clusters.get(eu);
    });
    expect(read).toMatchObject({ name: eu });
  });

  it('keeps nothing of any store when the work is rejected, and rejects with its error', async () => {
    const { uow } = await start();
    const release = someRelease();
    const failure = new Error('second thoughts');
    const work = uow.run(async (tx) => {
      await putSurroundings(tx);
      await saveFirst(tx, release);
      await tx.idempotency.put('key', { fingerprint: 'f', answer: release.id });
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    await uow.run(async (tx) => {
      expect(await tx.clusters.get(eu)).toBeUndefined();
      expect(await tx.services.get(catalog)).toBeUndefined();
      expect(await tx.strategies.get(release.strategy.name)).toBeUndefined();
      expect(await tx.releases.get(release.id)).toBeUndefined();
      expect(await tx.releases.events(release.id, 0, 10)).toEqual([]);
      expect(await tx.idempotency.get('key')).toBeUndefined();
    });
  });

  it('brings back what a rejected work had replaced', async () => {
    const { uow } = await start();
    await uow.run((tx) => tx.clusters.put(aCluster({ labels: { tier: 'first' } })));
    const work = uow.run(async (tx) => {
      await tx.clusters.put(aCluster({ labels: { tier: 'second' } }));
      throw new Error('second thoughts');
    });
    await expect(work).rejects.toThrow('second thoughts');
    const { labels } = (await uow.run((tx) => tx.clusters.get(eu))) ?? {};
    expect(labels).toEqual({ tier: 'first' });
  });

  it('goes on after a work that was rejected', async () => {
    const { uow } = await start();
    await expect(uow.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(uow.run(() => Promise.resolve('yes'))).resolves.toBe('yes');
  });

  it('tells one time in all of a transaction, and none earlier in the next', async () => {
    const { uow } = await start();
    const [first, again] = await uow.run(async (tx) => {
      const before = tx.now;
      await tx.clusters.put(aCluster());
      return [before, tx.now];
    });
    const later = await uow.run((tx) => Promise.resolve(tx.now));
    expect(again).toBe(first);
    expect(later).toBeGreaterThanOrEqual(first ?? Infinity);
  });
}

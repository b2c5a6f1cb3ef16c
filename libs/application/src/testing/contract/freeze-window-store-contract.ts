import { expect, it } from '@jest/globals';
import type { FreezeWindow } from '@spillway/domain-freeze';
import { instant, namespaceName, serviceName } from '@spillway/kernel';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesBothWays } from './pages.js';

const weekend: FreezeWindow = {
  name: 'weekend',
  times: { kind: 'weekly', days: ['sat', 'sun'], from: 0, to: 1_440, timeZone: 'Europe/Berlin' },
  scope: { clusters: { env: 'live' } },
  because: 'nobody is there',
};
const christmas: FreezeWindow = {
  name: 'christmas',
  times: { kind: 'once', from: instant(1_000), to: instant(2_000) },
  scope: { namespaces: [namespaceName('shop')], services: [serviceName('shop/catalog')] },
  because: '',
};

/** What every `FreezeWindowStore` promises. */
export function freezeWindowStoreContract(make: () => Promise<Harness>): void {
  const start = fresh(make);

  it.each([weekend, christmas])('gives back $name as it was put', async (window) => {
    const { uow } = await start();
    const put = await uow.run((tx) => tx.freezeWindows.put(window));
    expect(put).toEqual({ ...window, createdAt: put.createdAt, updatedAt: put.createdAt });
    expect(await uow.run((tx) => tx.freezeWindows.get(window.name))).toEqual(put);
  });

  it('replaces a window; what is put later has the later moment, also in one transaction', async () => {
    const { uow } = await start();
    const [first, second] = await uow.run(async (tx) => [
      await tx.freezeWindows.put(weekend),
      await tx.freezeWindows.put({ ...christmas, name: 'weekend' }),
    ]);
    expect(second).toMatchObject({ times: christmas.times, createdAt: first?.createdAt });
    expect(second?.updatedAt).toBeGreaterThan(first?.updatedAt ?? Infinity);
    expect(await uow.run((tx) => tx.freezeWindows.all())).toEqual([second]);
  });

  it('lists windows in the order of their names, all or page by page', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      for (const name of ['c', 'a', 'b']) await tx.freezeWindows.put({ ...weekend, name });
    });
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.freezeWindows.list(page)));
    expect(pages.map((page) => page.map(({ name }) => name))).toEqual([['a', 'b'], ['c']]);
    const all = await uow.run((tx) => tx.freezeWindows.all());
    expect(all.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('knows nothing of a window that was removed, or never there', async () => {
    const { uow } = await start();
    await uow.run((tx) => tx.freezeWindows.put(weekend));
    await uow.run((tx) => tx.freezeWindows.remove('weekend'));
    await uow.run((tx) => tx.freezeWindows.remove('never'));
    expect(await uow.run((tx) => tx.freezeWindows.get('weekend'))).toBeUndefined();
  });
}

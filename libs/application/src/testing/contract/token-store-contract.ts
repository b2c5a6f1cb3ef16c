import { expect, it } from '@jest/globals';
import { after, instant, namespaceName, tokenName } from '@spillway/kernel';
import type { StoredToken } from '../../port/token-store.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesBothWays } from './pages.js';

const at = instant(1_767_607_200_123);
const name = tokenName('ci');

export const aStoredToken = (overrides: Partial<StoredToken> = {}): StoredToken => ({
  name,
  prefix: 'spw_abcdef',
  grants: [{ role: 'releaser', namespaces: [namespaceName('shop')], clusters: { env: 'live' } }],
  createdBy: 'anna',
  createdAt: at,
  hashes: { current: `hash of ${overrides.name ?? name}` },
  ...overrides,
});

/** What every `TokenStore` promises. */
export function tokenStoreContract(make: () => Promise<Harness>): void {
  const start = fresh(make);

  it('knows a token by its name, and by both of its hashes', async () => {
    const { uow } = await start();
    const stored = aStoredToken({
      expiresAt: after(at, 1_000),
      rotatesUntil: after(at, 500),
      hashes: { current: 'new', previous: 'old' },
    });
    await uow.run((tx) => tx.tokens.put(stored));
    expect(await uow.run((tx) => tx.tokens.find('new'))).toEqual(stored);
    expect(await uow.run((tx) => tx.tokens.find('old'))).toEqual(stored);
    expect(await uow.run((tx) => tx.tokens.lock(name))).toEqual(stored);
    const { hashes: _, ...record } = stored;
    expect(await uow.run((tx) => tx.tokens.get(name))).toEqual(record);
    expect(await uow.run((tx) => tx.tokens.find('other'))).toBeUndefined();
  });

  it('replaces all of a token, and leaves out what it does not have any more', async () => {
    const { uow } = await start();
    const first = aStoredToken({ expiresAt: at, hashes: { current: 'a', previous: 'b' } });
    await uow.run((tx) => tx.tokens.put(first));
    const second = aStoredToken({ hashes: { current: 'c' } });
    await uow.run((tx) => tx.tokens.put(second));
    expect(await uow.run((tx) => tx.tokens.find('c'))).toEqual(second);
    expect(await uow.run((tx) => tx.tokens.find('b'))).toBeUndefined();
  });

  it('notes when it was used', async () => {
    const { uow } = await start();
    await uow.run((tx) => tx.tokens.put(aStoredToken()));
    await uow.run((tx) => tx.tokens.noteUse(name, after(at, 7)));
    expect(await uow.run((tx) => tx.tokens.get(name))).toMatchObject({ lastUsedAt: after(at, 7) });
    await uow.run((tx) => tx.tokens.noteUse(tokenName('nobody'), at));
  });

  it('lists them by name, without their hashes, and removes them', async () => {
    const { uow } = await start();
    for (const each of ['c', 'a', 'b'].map(tokenName)) {
      await uow.run((tx) => tx.tokens.put(aStoredToken({ name: each })));
    }
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.tokens.list(page)));
    expect(pages.map((page) => page.map((token) => token.name))).toEqual([['a', 'b'], ['c']]);
    expect(JSON.stringify(pages)).not.toContain('hash');
    await uow.run((tx) => tx.tokens.remove(tokenName('a')));
    expect(await uow.run((tx) => tx.tokens.get(tokenName('a')))).toBeUndefined();
  });
}

import { expect, it } from '@jest/globals';
import { secretName } from '@spillway/kernel';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesBothWays } from './pages.js';

const name = secretName('datadog-key');

/** What every `SecretStore` promises. */
export function secretStoreContract(make: () => Promise<Harness>): void {
  const start = fresh(make);

  it('opens what was put, to the last character', async () => {
    const { uow } = await start();
    const text = '{"key": "ä😀"}\n';
    const put = await uow.run((tx) => tx.secrets.put(name, text));
    expect(put).toEqual({ name, createdAt: put.createdAt, updatedAt: put.createdAt });
    expect(await uow.run((tx) => tx.secrets.open(name))).toBe(text);
  });

  it('knows nothing of a secret that was not put', async () => {
    const { uow } = await start();
    expect(await uow.run((tx) => tx.secrets.open(name))).toBeUndefined();
    expect(await uow.run((tx) => tx.secrets.getAll([name]))).toEqual([]);
  });

  it('replaces the text and keeps when it was first put', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => tx.secrets.put(name, 'old'));
    const second = await uow.run((tx) => tx.secrets.put(name, 'new'));
    expect(second.createdAt).toBe(first.createdAt);
    expect(await uow.run((tx) => tx.secrets.open(name))).toBe('new');
  });

  it('gives those that exist among some names, in their order and without their texts', async () => {
    const { uow } = await start();
    const names = ['b', 'a', 'c'].map(secretName);
    await uow.run(async (tx) => {
      for (const each of names) await tx.secrets.put(each, 'hidden');
    });
    const found = await uow.run((tx) => tx.secrets.getAll(['b', 'a', 'x'].map(secretName)));
    expect(found.map((each) => each.name)).toEqual(['a', 'b']);
    expect(JSON.stringify(found)).not.toContain('hidden');
  });

  it('lists names and moments in the order of the names, page by page', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      for (const each of ['c', 'a', 'b'].map(secretName)) await tx.secrets.put(each, 'hidden');
    });
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.secrets.list(page)));
    expect(pages.map((page) => page.map((each) => each.name))).toEqual([['a', 'b'], ['c']]);
    expect(Object.keys(pages[0]?.[0] ?? {}).sort()).toEqual(['createdAt', 'name', 'updatedAt']);
  });

  it('removes a secret, and does not mind one that is not there', async () => {
    const { uow } = await start();
    await uow.run((tx) => tx.secrets.put(name, 'text'));
    await uow.run((tx) => tx.secrets.remove(name));
    await uow.run((tx) => tx.secrets.remove(name));
    expect(await uow.run((tx) => tx.secrets.open(name))).toBeUndefined();
  });
}

import { expect, it } from '@jest/globals';
import { secretName, sourceName } from '@spillway/kernel';
import type { SourceConnection } from '../../port/source-connection.js';
import type { NewSource } from '../../port/source-store.js';
import type { Tx } from '../../port/unit-of-work.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesBothWays } from './pages.js';

const name = sourceName('datadog');
const key = secretName('key');
const other = secretName('other');

const datadog: SourceConnection = {
  kind: 'datadog',
  timeoutMs: 10_000,
  site: 'datadoghq.eu',
  apiKey: { secret: key },
  applicationKey: { secret: other },
};
const http: SourceConnection = {
  kind: 'http',
  timeoutMs: 500,
  url: 'https://metrics.example/q?query={{query}}',
  path: '/data/0/value',
  headers: { accept: 'application/json', 'x-key': { secret: key } },
};

const aSource = (overrides: Partial<NewSource> = {}): NewSource => ({
  name,
  connection: datadog,
  ...overrides,
});

async function putSecrets(tx: Tx): Promise<void> {
  for (const each of [key, other]) await tx.secrets.put(each, 'text');
}

/** What every `SourceStore` promises. */
export function sourceStoreContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const { uow } = await fill();
    await uow.run(putSecrets);
    return { uow };
  };

  it.each([datadog, http])(
    'gives back a source of kind $kind as it was put',
    async (connection) => {
      const { uow } = await start();
      const put = await uow.run((tx) => tx.sources.put(aSource({ connection })));
      const { createdAt } = put;
      expect(put).toEqual({ name, connection, createdAt, updatedAt: createdAt });
      expect(await uow.run((tx) => tx.sources.get(name))).toEqual(put);
    },
  );

  it('knows nothing of a source that was not put', async () => {
    const { uow } = await start();
    expect(await uow.run((tx) => tx.sources.get(name))).toBeUndefined();
  });

  it('replaces a source; what is put later has the later moment, also in one transaction', async () => {
    const { uow } = await start();
    const [first, second] = await uow.run(async (tx) => [
      await tx.sources.put(aSource()),
      await tx.sources.put(aSource({ connection: http })),
    ]);
    expect(second).toMatchObject({ connection: http, createdAt: first?.createdAt });
    expect(second?.updatedAt).toBeGreaterThan(first?.updatedAt ?? Infinity);
    expect(await uow.run((tx) => tx.sources.get(name))).toEqual(second);
  });

  it('says which of some names are sources, and keeps and locks them', async () => {
    const { uow } = await start();
    const put = await uow.run((tx) => tx.sources.put(aSource()));
    const none = sourceName('none');
    await uow.run(async (tx) => {
      expect(await tx.sources.keep([name, none, name])).toEqual(new Set([name]));
      expect(await tx.sources.keep([])).toEqual(new Set());
      expect(await tx.sources.lock(name)).toEqual(put);
      expect(await tx.sources.lock(none)).toBeUndefined();
    });
  });

  it('lists sources in the order of their names, page by page', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      for (const each of ['c', 'a', 'b'].map(sourceName)) {
        await tx.sources.put(aSource({ name: each }));
      }
    });
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.sources.list(page)));
    expect(pages.map((page) => page.map((each) => each.name))).toEqual([['a', 'b'], ['c']]);
  });

  it('knows which sources refer to a secret now, and which no longer do', async () => {
    const { uow } = await start();
    const referring = () => uow.run((tx) => tx.sources.referringTo(other));
    await uow.run((tx) => tx.sources.put(aSource()));
    await uow.run((tx) => tx.sources.put(aSource({ name: sourceName('another') })));
    expect(await referring()).toEqual(['another', 'datadog']);
    await uow.run((tx) => tx.sources.put(aSource({ connection: http })));
    await uow.run((tx) => tx.sources.remove(sourceName('another')));
    expect(await referring()).toEqual([]);
    expect(await uow.run((tx) => tx.sources.referringTo(key))).toEqual(['datadog']);
  });

  it('takes a source that names the same secret twice', async () => {
    const { uow } = await start();
    const connection = { ...datadog, applicationKey: { secret: key } };
    await uow.run((tx) => tx.sources.put(aSource({ connection })));
    expect(await uow.run((tx) => tx.sources.referringTo(key))).toEqual(['datadog']);
  });

  it('removes a source, and does not mind one that is not there', async () => {
    const { uow } = await start();
    await uow.run((tx) => tx.sources.put(aSource()));
    await uow.run((tx) => tx.sources.remove(name));
    await uow.run((tx) => tx.sources.remove(name));
    expect(await uow.run((tx) => tx.sources.get(name))).toBeUndefined();
  });
}

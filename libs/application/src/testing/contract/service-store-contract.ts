import { expect, it } from '@jest/globals';
import {
  generation,
  namespaceName,
  serviceName,
  version,
  type ClusterName,
} from '@spillway/kernel';
import type { NewService, ServiceListing } from '../../port/service-store.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesBothWays } from './pages.js';
import { aService, catalog, eu, putSurroundings, saveFirst, someRelease, us } from './sample.js';

/** What every `ServiceStore` promises. */
export function serviceStoreContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const harness = await fill();
    await harness.uow.run((tx) => putSurroundings(tx, []));
    return harness;
  };

  it('gives back what was put, at generation 0 and without a release', async () => {
    const { uow } = await start();
    const put = await uow.run((tx) => tx.services.put(aService()));
    expect(put).toEqual({
      ...aService(),
      generation: 0,
      createdAt: put.createdAt,
      updatedAt: put.createdAt,
    });
    expect(await uow.run((tx) => tx.services.get(catalog))).toEqual(put);
    expect(await uow.run((tx) => tx.services.lock(catalog))).toEqual(put);
  });

  it('gives many at once: those that are there, in the order of their names', async () => {
    const { uow } = await start();
    const cart = serviceName('shop/cart');
    const absent = serviceName('shop/absent');
    const found = await uow.run(async (tx) => {
      await tx.services.put(aService());
      await tx.services.put(aService({ service: cart, clusters: [eu] }));
      return tx.services.getAll([catalog, absent, cart]);
    });
    expect(found.map(({ service, clusters }) => [service, clusters])).toEqual([
      [cart, [eu]],
      [catalog, [eu, us]],
    ]);
    expect(await uow.run((tx) => tx.services.getAll([]))).toEqual([]);
  });

  it.each<[string, Partial<NewService>]>([
    ['none', {}],
    [
      'every',
      {
        protocol: 'grpc',
        versionHost: 'catalog-{version}.shop.svc.cluster.local',
        edge: { gateways: ['istio-system/public'], hosts: ['shop.example.com', 'a.example'] },
        ownership: {
          kind: 'adopted',
          virtualService: { namespace: 'shop', name: 'catalog' },
          routes: ['search', 'all'],
        },
        drift: 'hold',
        accessLog: {
          during: 'release',
          selector: { app: 'web', tier: 'front' },
          namespace: 'web',
          side: 'client',
          provider: 'envoy',
          fromCode: 500,
          ownRoutes: true,
        },
      },
    ],
    [
      'another',
      { protocol: 'tcp', ownership: { kind: 'replicas', deployment: 'c-{version}', total: 8 } },
    ],
  ])('keeps %s of the settings that may be left out, and forgets those before', async (_, own) => {
    const { uow } = await start();
    const before = aService({ protocol: 'tls', drift: 'hold', versionHost: 'x-{version}' });
    const { createdAt } = await uow.run((tx) => tx.services.put(before));
    const put = await uow.run((tx) => tx.services.put(aService(own)));
    expect(put).toEqual({ ...aService(own), generation: 0, createdAt, updatedAt: put.updatedAt });
    expect(await uow.run((tx) => tx.services.get(catalog))).toEqual(put);
  });

  it('knows nothing of a service that was not put', async () => {
    const { uow } = await start();
    expect(await uow.run((tx) => tx.services.get(catalog))).toBeUndefined();
    expect(await uow.run((tx) => tx.services.lock(catalog))).toBeUndefined();
  });

  it('remembers what a release advanced', async () => {
    const { uow } = await start();
    const release = someRelease();
    await uow.run(async (tx) => {
      await tx.services.put(aService());
      await saveFirst(tx, release);
      await tx.services.advance(catalog, {
        generation: generation(3),
        latestRelease: release.id,
        stable: version('v2'),
      });
    });
    expect(await uow.run((tx) => tx.services.get(catalog))).toMatchObject({
      generation: 3,
      latestRelease: release.id,
      stable: 'v2',
    });
  });

  it('keeps generation, latest release and creation when people replace the rest', async () => {
    const { uow } = await start();
    const release = someRelease();
    const first = await uow.run(async (tx) => {
      const put = await tx.services.put(aService());
      await saveFirst(tx, release);
      await tx.services.advance(catalog, {
        generation: generation(3),
        latestRelease: release.id,
        stable: version('v1'),
      });
      return put;
    });
    const second = await uow.run((tx) => tx.services.put(aService({ port: 9090, clusters: [us] })));
    expect(second).toEqual({
      ...aService({ port: 9090, clusters: [us] }),
      generation: 3,
      latestRelease: release.id,
      createdAt: first.createdAt,
      updatedAt: second.updatedAt,
    });
    expect(await uow.run((tx) => tx.services.get(catalog))).toEqual(second);
  });

  it('lists all in the order of their names, page by page', async () => {
    const { uow } = await start();
    const names = ['shop/cart', 'pay/ledger', 'shop/basket'].map(serviceName);
    await uow.run(async (tx) => {
      for (const service of names) await tx.services.put(aService({ service }));
    });
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.services.list(page)));
    expect(pages.map((page) => page.map(({ service }) => service))).toEqual([
      ['pay/ledger', 'shop/basket'],
      ['shop/cart'],
    ]);
  });

  it('lists those of a namespace or in a cluster, both ways', async () => {
    const { uow } = await start();
    const put = (service: string, ...clusters: readonly ClusterName[]) =>
      uow.run((tx) => tx.services.put(aService({ service: serviceName(service), clusters })));
    await put('shop/cart', eu);
    await put('shop/basket', eu, us);
    await put('shop/search', us);
    await put('shopping/list', eu);
    const listed = async (filter: Omit<ServiceListing, 'limit'>) => {
      const pages = await pagesBothWays(1, (page) =>
        uow.run((tx) => tx.services.list({ ...page, ...filter })),
      );
      return pages.flat().map(({ service }) => service);
    };
    const namespace = namespaceName('shop');
    expect(await listed({ namespace })).toEqual(['shop/basket', 'shop/cart', 'shop/search']);
    expect(await listed({ cluster: eu })).toEqual(['shop/basket', 'shop/cart', 'shopping/list']);
    expect(await listed({ namespace, cluster: us })).toEqual(['shop/basket', 'shop/search']);
    const none = { limit: 1, namespace: namespaceName('other') };
    expect(await uow.run((tx) => tx.services.list(none))).toEqual({ items: [], cursors: [] });
  });

  it('counts the services that are in a cluster', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      await tx.services.put(aService({ clusters: [eu, us] }));
      await tx.services.put(aService({ service: serviceName('shop/cart'), clusters: [us] }));
    });
    const counts = await uow.run(async (tx) => [
      await tx.services.countIn(eu),
      await tx.services.countIn(us),
    ]);
    expect(counts).toEqual([1, 2]);
  });

  it('lets only one of many transactions hold the lock, so that none loses a change', async () => {
    const { uow } = await start();
    const release = someRelease();
    await uow.run(async (tx) => {
      await tx.services.put(aService());
      await saveFirst(tx, release);
    });
    const addOne = () =>
      uow.run(async (tx) => {
        const service = await tx.services.lock(catalog);
        await tx.services.advance(catalog, {
          generation: generation((service?.generation ?? 0) + 1),
          latestRelease: release.id,
          stable: version('v1'),
        });
      });
    await Promise.all([addOne(), addOne(), addOne(), addOne()]);
    expect(await uow.run((tx) => tx.services.get(catalog))).toMatchObject({ generation: 4 });
  });
}

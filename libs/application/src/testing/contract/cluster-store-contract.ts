import { expect, it } from '@jest/globals';
import { clusterName } from '@spillway/kernel';
import type { NewCluster } from '../../port/cluster-store.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { aCluster, eu, us } from './sample.js';
import { pagesBothWays } from './pages.js';

const connections: readonly NewCluster[] = [
  aCluster(),
  aCluster({
    connection: { kind: 'kubeconfig', kubeconfig: 'apiVersion: v1 # ü', context: 'prod' },
    metrics: {
      kind: 'prometheus',
      url: 'https://prometheus.example:9090',
      auth: { kind: 'bearer', token: 'secret' },
      caCertificate: '-----BEGIN CERTIFICATE-----',
      timeoutMs: 5_000,
      reporter: 'destination',
      scrapeIntervalMs: 15_000,
      lagMs: 1_000,
    },
  }),
  aCluster({
    labels: {},
    connection: { kind: 'inCluster' },
    metrics: {
      kind: 'prometheus',
      url: 'http://prometheus.example',
      auth: { kind: 'basic', username: 'anna', password: 'secret' },
      timeoutMs: 1_000,
      reporter: 'source',
      scrapeIntervalMs: 15_000,
      lagMs: 1_000,
    },
  }),
  aCluster({ metrics: { kind: 'none' } }),
  aCluster({
    proxies: { kind: 'istiod', urls: ['http://istiod-0:15014', 'http://istiod-1:15014'] },
  }),
];

/** What every `ClusterStore` promises. */
export function clusterStoreContract(make: () => Promise<Harness>): void {
  const start = fresh(make);

  it.each(connections)(
    'gives back what was put: $connection.kind, $metrics.kind',
    async (given) => {
      const { uow } = await start();
      const put = await uow.run((tx) => tx.clusters.put(given));
      expect(put).toEqual({ ...given, createdAt: put.createdAt, updatedAt: put.createdAt });
      expect(await uow.run((tx) => tx.clusters.get(eu))).toEqual(put);
    },
  );

  it('knows nothing of a cluster that was not put', async () => {
    const { uow } = await start();
    expect(await uow.run((tx) => tx.clusters.get(eu))).toBeUndefined();
  });

  it('replaces a cluster of the same name and keeps when it was created', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => tx.clusters.put(aCluster()));
    const second = await uow.run((tx) => tx.clusters.put(aCluster({ labels: { tier: 'new' } })));
    expect(second).toMatchObject({ labels: { tier: 'new' }, createdAt: first.createdAt });
    expect(second.updatedAt).toBeGreaterThanOrEqual(first.updatedAt);
    expect((await uow.run((tx) => tx.clusters.list({ limit: 10 }))).items).toEqual([second]);
  });

  it('keeps the last state that was seen, until the cluster is put anew', async () => {
    const { uow } = await start();
    const put = await uow.run((tx) => tx.clusters.put(aCluster()));
    const lost = { kind: 'unreachable', since: put.createdAt, reason: 'refused' } as const;
    await uow.run((tx) => tx.clusters.noteState(eu, lost));
    await uow.run((tx) => tx.clusters.noteState(clusterName('mars'), lost));
    expect(await uow.run((tx) => tx.clusters.get(eu))).toEqual({ ...put, lastState: lost });
    const again = await uow.run((tx) => tx.clusters.put(aCluster()));
    expect(again).not.toHaveProperty('lastState');
    expect(await uow.run((tx) => tx.clusters.get(eu))).toEqual(again);
  });

  it('forgets who was asked for proxies when it is put without', async () => {
    const { uow } = await start();
    const proxies = { kind: 'envoy', urls: ['http://gateway:15000'] } as const;
    await uow.run((tx) => tx.clusters.put(aCluster({ proxies })));
    await uow.run((tx) => tx.clusters.put(aCluster()));
    expect(await uow.run((tx) => tx.clusters.get(eu))).not.toHaveProperty('proxies');
  });

  it('gives those that exist among some names, in their order', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      await tx.clusters.put(aCluster({ name: us }));
      await tx.clusters.put(aCluster({ name: eu }));
      await tx.clusters.put(aCluster({ name: clusterName('asia') }));
    });
    const found = await uow.run((tx) => tx.clusters.getAll([us, clusterName('mars'), eu]));
    expect(found.map(({ name }) => name)).toEqual([eu, us]);
    expect(await uow.run((tx) => tx.clusters.getAll([]))).toEqual([]);
  });

  it('lists all in the order of their names, page by page', async () => {
    const { uow } = await start();
    const names = ['echo', 'alpha', 'delta', 'bravo', 'charlie'].map(clusterName);
    await uow.run(async (tx) => {
      for (const name of names) await tx.clusters.put(aCluster({ name }));
    });
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.clusters.list(page)));
    expect(pages.map((page) => page.map(({ name }) => name))).toEqual([
      ['alpha', 'bravo'],
      ['charlie', 'delta'],
      ['echo'],
    ]);
  });

  it('ends a list that fills its last page exactly', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      await tx.clusters.put(aCluster({ name: eu }));
      await tx.clusters.put(aCluster({ name: us }));
    });
    const page = await uow.run((tx) => tx.clusters.list({ limit: 2 }));
    expect(page.items).toHaveLength(2);
    expect(page).not.toHaveProperty('next');
  });

  it('forgets a cluster that was removed, and minds nothing when it is not there', async () => {
    const { uow } = await start();
    await uow.run((tx) => tx.clusters.put(aCluster()));
    await uow.run((tx) => tx.clusters.remove(eu));
    await uow.run((tx) => tx.clusters.remove(eu));
    expect(await uow.run((tx) => tx.clusters.get(eu))).toBeUndefined();
  });
}

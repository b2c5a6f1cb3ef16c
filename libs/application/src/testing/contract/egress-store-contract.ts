import { expect, it } from '@jest/globals';
import { generation, instant, namespaceName } from '@spillway/kernel';
import type { EgressRecord } from '../../port/egress-store.js';
import { fresh } from './fresh.js';
import type { Harness } from './harness.js';
import { pagesBothWays } from './pages.js';
import { aCluster, eu, us } from './sample.js';

export const shop = namespaceName('shop');
const at = instant(Date.UTC(2026, 0, 5, 10));

export const anEgressRecord = (overrides: Partial<EgressRecord> = {}): EgressRecord => ({
  namespace: shop,
  clusters: [us, eu],
  mode: 'observe',
  allow: [
    {
      hosts: ['api.stripe.com'],
      ports: [{ number: 443, protocol: 'TLS' }],
      owner: 'payments',
      reason: 'Card payments',
      resolution: 'NONE',
    },
  ],
  generation: generation(1),
  changedBy: 'ada',
  because: 'ada applied it',
  rollouts: [
    { cluster: us, mode: 'observe' },
    { cluster: eu, mode: 'observe' },
  ],
  createdAt: at,
  updatedAt: at,
  ...overrides,
});

/** What every `EgressStore` promises. */
export function egressStoreContract(make: () => Promise<Harness>): void {
  const begin = fresh(make);
  const start = async () => {
    const { uow } = await begin();
    await uow.run(async (tx) => {
      for (const name of [eu, us]) await tx.clusters.put(aCluster({ name }));
    });
    return uow;
  };

  it('gives back what was saved, and replaces it whole', async () => {
    const uow = await start();
    const record = anEgressRecord({
      accepted: 'CHG-1',
      rollouts: [
        { cluster: us, mode: 'enforce', applied: generation(1), appliedAt: at },
        { cluster: eu, mode: 'enforce', because: 'connection refused' },
      ],
      mode: 'enforce',
    });
    await uow.run((tx) => tx.egress.save(record));
    expect(await uow.run((tx) => tx.egress.get(shop))).toEqual(record);
    const next = anEgressRecord({
      generation: generation(2),
      clusters: [eu],
      rollouts: [
        { cluster: eu, mode: 'observe' },
        { cluster: us, mode: 'off' },
      ],
    });
    await uow.run((tx) => tx.egress.save(next));
    expect(await uow.run((tx) => tx.egress.lock(shop))).toEqual(next);
    expect(await uow.run((tx) => tx.egress.get(namespaceName('other')))).toBeUndefined();
  });

  it('notes what became of a generation, and nothing of an older one', async () => {
    const uow = await start();
    await uow.run((tx) => tx.egress.save(anEgressRecord({ generation: generation(2) })));
    await uow.run((tx) => tx.egress.note(shop, eu, generation(2), { because: 'refused' }));
    await uow.run((tx) => tx.egress.note(shop, us, generation(1), { appliedAt: at }));
    expect((await uow.run((tx) => tx.egress.get(shop)))?.rollouts).toEqual([
      { cluster: us, mode: 'observe' },
      { cluster: eu, mode: 'observe', because: 'refused' },
    ]);
    await uow.run((tx) => tx.egress.note(shop, eu, generation(2), { appliedAt: at }));
    expect((await uow.run((tx) => tx.egress.get(shop)))?.rollouts[1]).toEqual({
      cluster: eu,
      mode: 'observe',
      applied: 2,
      appliedAt: at,
    });
    await uow.run((tx) =>
      tx.egress.note(namespaceName('none'), eu, generation(1), { appliedAt: at }),
    );
  });

  it('forgets a cluster that was left once its objects are gone', async () => {
    const uow = await start();
    const rollouts = [
      { cluster: eu, mode: 'observe' },
      { cluster: us, mode: 'off' },
    ] as const;
    await uow.run((tx) => tx.egress.save(anEgressRecord({ clusters: [eu], rollouts })));
    expect(await uow.run((tx) => tx.egress.countIn(us))).toBe(1);
    await uow.run((tx) => tx.egress.note(shop, us, generation(1), { appliedAt: at }));
    expect((await uow.run((tx) => tx.egress.get(shop)))?.rollouts).toEqual([rollouts[0]]);
    expect(await uow.run((tx) => tx.egress.countIn(us))).toBe(0);
  });

  it('knows what is still to be written in a cluster, in order', async () => {
    const uow = await start();
    await uow.run(async (tx) => {
      for (const name of ['c', 'a', 'b']) {
        await tx.egress.save(anEgressRecord({ namespace: namespaceName(name) }));
      }
      await tx.egress.note(namespaceName('b'), eu, generation(1), { appliedAt: at });
    });
    expect(await uow.run((tx) => tx.egress.unsettledIn(eu))).toEqual(['a', 'c']);
    expect(await uow.run((tx) => tx.egress.unsettledIn(us))).toEqual(['a', 'b', 'c']);
  });

  it('lists by namespace, page by page', async () => {
    const uow = await start();
    const names = ['c', 'a', 'b'].map(namespaceName);
    await uow.run(async (tx) => {
      for (const namespace of names) await tx.egress.save(anEgressRecord({ namespace }));
    });
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.egress.list(page)));
    expect(pages.map((page) => page.map(({ namespace }) => namespace))).toEqual([
      ['a', 'b'],
      ['c'],
    ]);
  });

  it('makes two who change a namespace take turns, also when it has no policy yet', async () => {
    const uow = await start();
    const add = (): Promise<void> =>
      uow.run(async (tx) => {
        const before = await tx.egress.lock(shop);
        const next = generation((before?.generation ?? 0) + 1);
        await tx.egress.save(anEgressRecord({ generation: next }));
      });
    await Promise.all([add(), add(), add()]);
    expect((await uow.run((tx) => tx.egress.get(shop)))?.generation).toBe(3);
  });
}

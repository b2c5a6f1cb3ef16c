import { beforeEach, expect, it } from '@jest/globals';
import type { Grant } from '@spillway/domain-access';
import { clusterName, namespaceName, serviceName } from '@spillway/kernel';
import { aCluster, aService } from '../testing/contract/index.js';
import { pagesOf } from '../testing/contract/pages.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { Workshop } from '../testing/fake/workshop.js';

let workshop: Workshop;
/** 700 services, every tenth of bank and the others of shop, in turn in one of two clusters. */
beforeEach(async () => {
  workshop = new Workshop();
  await workshop.uow.run(async (tx) => {
    for (const env of ['live', 'test']) {
      await tx.clusters.put(aCluster({ name: clusterName(env), labels: { env } }));
    }
    for (let i = 0; i < 700; i += 1) {
      const namespace = i % 10 === 0 ? 'bank' : 'shop';
      const service = serviceName(`${namespace}/s-${String(i).padStart(3, '0')}`);
      const clusters = [clusterName(i % 20 < 10 ? 'live' : 'test')];
      await tx.services.put(aService({ service, clusters }));
    }
  });
});

const listed = async (limit: number, ...grants: readonly Grant[]) => {
  const pages = await pagesOf(limit, async (page) => {
    const found = await workshop.useCases.listServices(page, aCaller('ana', { grants }));
    if (!found.ok) throw new Error(found.error.message);
    return found.value;
  });
  return pages.map((page) => page.map(({ service }) => service));
};
const bank = [namespaceName('bank')];

it.each<[string, number, Grant]>([
  ['everything without a limit', 700, { role: 'viewer' }],
  ['what is in the namespaces of a role', 70, { role: 'viewer', namespaces: bank }],
  ['what is in the environments of a role', 350, { role: 'viewer', environments: ['live'] }],
  ['what is in both', 35, { role: 'admin', namespaces: bank, clusters: { env: 'live' } }],
  ['nothing of elsewhere', 0, { role: 'admin', namespaces: [namespaceName('x')] }],
])('lists %s: %i services', async (_, count, grant) => {
  const pages = await listed(30, grant);
  const all = pages.flat();
  expect(new Set(all).size).toBe(count);
  expect(all).toHaveLength(count);
  expect(all).toEqual([...all].sort());
  expect(pages.slice(0, -1).every((page) => page.length === 30)).toBe(true);
});

it('lists what any of several roles shows, once', async () => {
  const pages = await listed(
    200,
    { role: 'viewer', namespaces: bank },
    { role: 'viewer', environments: ['live'] },
  );
  expect(pages.flat()).toHaveLength(70 + 350 - 35);
});

it('lists clusters by their labels, and all of them to who is limited to namespaces', async () => {
  const names = async (grant: Grant) => {
    const caller = aCaller('ana', { grants: [grant] });
    const found = await workshop.useCases.listClusters({ limit: 10 }, caller);
    return found.ok ? found.value.items.map(({ record }) => record.name) : found.error.code;
  };
  expect(await names({ role: 'viewer', environments: ['test'] })).toEqual(['test']);
  expect(await names({ role: 'viewer', namespaces: bank })).toEqual(['live', 'test']);
});

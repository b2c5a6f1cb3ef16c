import { beforeEach, expect, it } from '@jest/globals';
import { peoples } from '@spillway/domain-istio/testing';
import type { Release } from '@spillway/domain-release';
import type { ScriptedCluster } from '../testing/fake/scripted-cluster.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService, eu, us } from '../testing/index.js';

const place = { namespace: 'shop', name: 'catalog-routes' };
const service = aService({ ownership: { kind: 'delegate', virtualService: place } });
const root = peoples(`
spec:
  hosts: [shop.example]
  gateways: [istio-ingress/public]
  http: [{match: [{uri: {prefix: /catalog}}], delegate: {name: catalog-routes}}]
`);

let workshop: Workshop;
let release: Release;
let cluster: ScriptedCluster;
beforeEach(async () => {
  workshop = await aWorkshop();
  await workshop.uow.run((tx) => tx.services.put(service));
  for (const name of [eu, us]) workshop.cluster(name).live = { roots: [root], foreign: [] };
  cluster = workshop.cluster(eu);
  release = await workshop.started();
});

it('is written at its own place, without hosts, once subsets are there', async () => {
  await workshop.work();
  expect(cluster.asked).toMatchObject([
    { do: 'write', object: { kind: 'DestinationRule' } },
    { do: 'write', object: { kind: 'VirtualService', metadata: place } },
    { do: 'write', object: { kind: 'VirtualService', metadata: place } },
  ]);
  const spec = cluster.live?.virtualService?.spec;
  expect(Object.keys(spec ?? {})).toEqual(['http']);
  expect(JSON.stringify(spec)).toContain('"weight":10');
});

it('is not written while nobody hands requests to it, and is when somebody does', async () => {
  cluster.live = { roots: [], foreign: [] };
  await workshop.pass(1_000);
  expect(cluster.asked).toEqual([]);
  expect(await workshop.release(release.id)).toMatchObject({
    phase: 'held',
    because: expect.stringContaining('no VirtualService hands requests to shop/catalog-routes'),
  });
  cluster.live = { roots: [root], foreign: [] };
  await workshop.pass(12_000);
  expect(JSON.stringify(cluster.live.virtualService?.spec)).toContain('"weight":10');
});

it('goes back also when the root is gone: it may be another one that is obeyed', async () => {
  await workshop.work();
  cluster.live = { ...cluster.live, roots: [], foreign: [] };
  const { id } = release;
  await workshop.useCases.commandRelease(
    { release: id, verb: 'abort', comment: '' },
    aCaller('bob'),
  );
  await workshop.pass(1_000);
  expect(JSON.stringify(cluster.live.virtualService?.spec)).not.toContain('v2');
  expect(await workshop.release(id)).toMatchObject({ phase: 'rolledBack' });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { clusterName, serviceName, version } from '@spillway/kernel';
import type { NewService } from '../port/service-store.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService, catalog, eu, us } from '../testing/index.js';

const caller = aCaller('anna');
let workshop: Workshop;
const put = (overrides: Partial<NewService> = {}) =>
  workshop.useCases.putService(aService(overrides), caller);
beforeEach(async () => {
  workshop = await aWorkshop();
});

it('adds a service with the version that serves now', async () => {
  const cart = serviceName('shop/cart');
  expect(await put({ service: cart, stable: version('v7') })).toMatchObject({
    ok: true,
    value: { service: cart, stable: 'v7', generation: 0 },
  });
  expect(await workshop.useCases.getService(cart, aCaller())).toMatchObject({
    ok: true,
    value: { stable: 'v7' },
  });
});

it('keeps the stable version that releases made, when an old file is applied again', async () => {
  workshop = await aWorkshop({ steps: [] });
  await workshop.started();
  await workshop.pass(60_000);
  expect(await put({ stable: version('v1'), port: 9090 })).toMatchObject({
    value: { stable: 'v2', port: 9090, generation: 2 },
  });
});

it('refuses to be routed another way while a release that is over has objects to tidy', async () => {
  workshop = await aWorkshop({ steps: [] });
  const { id } = await workshop.started();
  await workshop.pass(2_000);
  const adopted = {
    ownership: { kind: 'adopted', virtualService: { namespace: 'shop', name: 'web' } },
  } as const;
  expect(await put(adopted)).toMatchObject({
    ok: false,
    error: { code: 'SERVICE_BUSY', message: expect.stringContaining(`${id} of "shop/catalog"`) },
  });
  expect(await put({ clusters: [eu] })).toMatchObject({ ok: true });
  await workshop.pass(60_000);
  expect(await put(adopted)).toMatchObject({ ok: true });
});

it('can be routed by people as soon as they have come between, though subsets are left', async () => {
  workshop = await aWorkshop({ steps: [] });
  await workshop.started();
  await workshop.pass(2_000);
  for (const name of [eu, us]) {
    const { live } = workshop.cluster(name);
    if (live?.virtualService === undefined) throw new Error('it is there');
    const { metadata } = live.virtualService;
    const theirs = {
      ...live.virtualService,
      metadata: { ...metadata, name: 'web', labels: {}, annotations: {} },
    };
    workshop.cluster(name).live = { ...live, foreign: [theirs] };
  }
  await workshop.pass(61_000);
  expect(
    await put({
      ownership: { kind: 'adopted', virtualService: { namespace: 'shop', name: 'web' } },
    }),
  ).toMatchObject({ ok: true });
});

it('refuses a cluster that does not exist', async () => {
  expect(await put({ clusters: [eu, clusterName('mars')] })).toMatchObject({
    ok: false,
    error: { code: 'UNKNOWN_CLUSTER', field: 'clusters', message: 'There is no cluster "mars".' },
  });
});

describe('while it is being released', () => {
  beforeEach(async () => {
    await workshop.started();
  });

  it.each<[string, Partial<NewService>]>([
    ['host', { host: 'x.shop.svc.cluster.local' }],
    ['port', { port: 9090 }],
    ['version label', { versionLabel: 'app' }],
    ['protocol', { protocol: 'grpc' }],
    ['version host', { versionHost: 'catalog-{version}.shop.svc.cluster.local' }],
    ['edge', { edge: { gateways: ['istio-system/public'], hosts: ['shop.example.com'] } }],
    [
      'owner',
      { ownership: { kind: 'adopted', virtualService: { namespace: 'shop', name: 'web' } } },
    ],
  ])('refuses another %s', async (_, change) => {
    expect(await put(change)).toMatchObject({ ok: false, error: { code: 'SERVICE_BUSY' } });
    expect(await workshop.useCases.getService(catalog, aCaller())).toMatchObject({
      value: aService(),
    });
  });

  it('takes the same again, in whatever order its clusters are', async () => {
    expect(await put({ clusters: [us, eu] })).toMatchObject({ ok: true });
    const asEver = { protocol: 'http', ownership: { kind: 'managed' } } as const;
    expect(await put(asEver)).toMatchObject({ ok: true });
  });
});

it('refuses what does not exist, and lists by name', async () => {
  expect(await workshop.useCases.getService(serviceName('shop/x'), aCaller())).toMatchObject({
    error: { code: 'UNKNOWN_SERVICE' },
  });
  await put({ service: serviceName('shop/cart') });
  expect(await workshop.useCases.listServices({ limit: 10 }, aCaller())).toMatchObject({
    value: { items: [{ service: 'shop/cart' }, { service: 'shop/catalog' }] },
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createProxyFleet } from '@spillway/adapter-proxy';
import type { ProxyFleet } from '@spillway/application';
import { DataPlaneHarness, host, routing, subsets, to } from './data-plane-harness.js';
import { until } from './src/index.js';
import type { Proxy } from './src/data-plane/index.js';

const routeName = (generation: number): string => `catalog.0f3a9c1e.g${generation}`;
const question = (generation: number) => ({ hosts: [host], routeName: routeName(generation) });
const weights = (generation: number, candidate: number) =>
  routing([
    { name: routeName(generation), route: [to('v1', 100 - candidate), to('v2', candidate)] },
  ]);

let harness: DataPlaneHarness;
let sidecar: Proxy;
let other: Proxy;
let fleet: ProxyFleet;

beforeAll(async () => {
  harness = await DataPlaneHarness.start();
  sidecar = await harness.plane.sidecar();
  other = await harness.plane.sidecar({ labels: { app: 'other' } });
}, 1_200_000);

afterAll(() => harness.stop());

beforeEach(async () => {
  await harness.clear();
  await harness.apply(subsets('v1', 'v2'), weights(1, 0));
  const urls = [sidecar, other].map(({ adminUrl }) => adminUrl);
  fleet = createProxyFleet({ kind: 'envoy', urls }, { timeoutMs: 500, maxProxies: 10 });
});

afterEach(() => fleet.close());

describe('Envoys that are asked for a generation', () => {
  test('have it after it was written, and were behind before', async () => {
    expect(await fleet.look(question(1))).toEqual({ kind: 'everywhere', proxies: 2 });
    expect(await fleet.look(question(2))).toMatchObject({ kind: 'behind', proxies: 2 });
    await harness.write(weights(2, 10));
    const what = 'both Envoys have generation 2';
    await until(async () => (await fleet.look(question(2))).kind === 'everywhere', {
      what,
      withinMs: 10_000,
    });
    expect(await fleet.look(question(1))).toMatchObject({ kind: 'behind' });
  });

  test('are behind no longer than requests still take the old routes', async () => {
    await harness.write(weights(2, 100));
    const what = 'both Envoys have generation 2';
    await until(async () => (await fleet.look(question(2))).kind === 'everywhere', {
      what,
      withinMs: 10_000,
    });
    for (const proxy of [sidecar, other]) {
      const tally = await proxy.requests.burst(500, { host });
      expect(tally.version('v2')).toBe(500);
    }
  });

  test('are not known to have it while one is frozen, and have it when it goes on', async () => {
    other.freeze();
    try {
      await harness.write(weights(2, 10));
      const fresh = createProxyFleet(
        { kind: 'envoy', urls: [sidecar.adminUrl] },
        { timeoutMs: 500, maxProxies: 10 },
      );
      const what = 'the Envoy that runs has generation 2';
      await until(async () => (await fresh.look(question(2))).kind === 'everywhere', {
        what,
        withinMs: 10_000,
      });
      await fresh.close();
      expect(await fleet.look(question(2))).toEqual({
        kind: 'unknown',
        reason: `${other.adminUrl} gave no answer in 500 ms`,
      });
    } finally {
      other.thaw();
    }
    const what = 'both Envoys have generation 2';
    await until(async () => (await fleet.look(question(2))).kind === 'everywhere', {
      what,
      withinMs: 10_000,
    });
  });

  test('do not count where they do not route the host', async () => {
    const elsewhere = { hosts: ['orders.shop.svc.cluster.local'], routeName: routeName(1) };
    expect(await fleet.look({ ...elsewhere, routeName: 'orders.0f3a9c1e.g1' })).toMatchObject({
      kind: 'unknown',
    });
  });
});

import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  DataPlaneHarness,
  host,
  istio,
  request,
  routing,
  subsets,
  to,
  catalog,
} from './data-plane-harness.js';
import { binomialInterval, type Proxy } from './src/data-plane/index.js';

let harness: DataPlaneHarness;
let sidecar: Proxy;

beforeAll(async () => {
  harness = await DataPlaneHarness.start();
  sidecar = await harness.plane.sidecar();
}, 1_200_000);

afterAll(() => harness.stop());
beforeEach(() => harness.clear());

test('a split of 90 to 10 is kept within chance', async () => {
  await harness.apply(subsets('v1', 'v2'), routing([{ route: [to('v1', 90), to('v2', 10)] }]));
  const tally = await sidecar.requests.burst(5_000, request);
  const { low, high } = binomialInterval(5_000, 0.1);
  expect(tally.version('v2')).toBeGreaterThanOrEqual(low);
  expect(tally.version('v2')).toBeLessThanOrEqual(high);
  expect(tally.version('v1') + tally.version('v2')).toBe(5_000);
});

test('a dark route gets exactly the requests with its header', async () => {
  const dark = { match: [{ headers: { 'x-release': { exact: 'r1' } } }], route: [to('v2')] };
  await harness.apply(subsets('v1', 'v2'), routing([dark, { route: [to('v1')] }]));
  const cohort = await sidecar.requests.burst(500, { host, headers: { 'x-release': 'r1' } });
  const others = await sidecar.requests.burst(500, { host, headers: { 'x-release': 'r10' } });
  expect(cohort.byVersion).toEqual({ v2: 500 });
  expect(others.byVersion).toEqual({ v1: 500 });
});

test('a mirror of 25 percent is counted at the candidate and seen by nobody', async () => {
  const before = harness.plane.upstreams.requests(catalog, 'v2').total;
  const mirrors = [{ ...to('v2'), percentage: { value: 25 } }];
  await harness.apply(subsets('v1', 'v2'), routing([{ route: [to('v1')], mirrors }]));
  const tally = await sidecar.requests.burst(5_000, request);
  expect(tally.byVersion).toEqual({ v1: 5_000 });
  const copies = harness.plane.upstreams.requests(catalog, 'v2').total - before;
  const { low, high } = binomialInterval(5_000, 0.25);
  expect(copies).toBeGreaterThanOrEqual(low);
  expect(copies).toBeLessThanOrEqual(high);
});

test('a subset that no DestinationRule has fails its part of the requests', async () => {
  await harness.apply(subsets('v1'), routing([{ route: [to('v1', 50), to('v2', 50)] }]));
  const tally = await sidecar.requests.burst(1_000, request);
  const { low, high } = binomialInterval(1_000, 0.5);
  expect(tally.status(503)).toBeGreaterThanOrEqual(low);
  expect(tally.status(503)).toBeLessThanOrEqual(high);
  expect(tally.version('v1') + tally.status(503)).toBe(1_000);
  expect(await sidecar.ask('/stats?filter=no_cluster')).toMatch(/no_cluster: [1-9]/);
});

test('one VirtualService serves the gateway and the mesh', async () => {
  const gateway = istio(
    'Gateway',
    'public',
    {
      selector: { istio: 'ingressgateway' },
      servers: [
        { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['shop.example.com'] },
      ],
    },
    'istio-system',
  );
  const both = routing([{ name: 'g1', route: [to('v1', 50), to('v2', 50)] }], {
    hosts: [host, 'shop.example.com'],
    gateways: ['mesh', 'istio-system/public'],
  });
  await harness.apply(subsets('v1', 'v2'), gateway, both);
  const inside = await sidecar.requests.burst(200, request);
  const outside = await harness.plane.gateway.requests.burst(200, { host: 'shop.example.com' });
  const stranger = await harness.plane.gateway.requests.send({ host: 'other.example.com' });
  for (const { byVersion } of [inside, outside]) {
    expect(byVersion).toEqual({ v1: expect.any(Number), v2: expect.any(Number) });
  }
  expect(stranger.status).toBe(404);
  const named = (await harness.plane.gateway.routes()).find(({ name }) => name === 'g1');
  expect(named?.clusters).toEqual([
    { name: `outbound|80|v1|${host}`, weight: 50 },
    { name: `outbound|80|v2|${host}`, weight: 50 },
  ]);
});

test('a delegate gets the paths that its root gives it', async () => {
  const root = routing([
    { match: [{ uri: { prefix: '/reviews' } }], delegate: { name: 'reviews' } },
    { route: [to('v1')] },
  ]);
  const delegate = istio('VirtualService', 'reviews', {
    http: [
      { match: [{ uri: { prefix: '/other' } }], directResponse: { status: 418 } },
      { route: [to('v2')] },
    ],
  });
  await harness.apply(subsets('v1', 'v2'), delegate, root);
  const version = async (path: string): Promise<unknown> =>
    (await sidecar.requests.send({ host, path })).headers['x-version'];
  expect(await version('/reviews/1')).toBe('v2');
  expect(await version('/other')).toBe('v1');
});

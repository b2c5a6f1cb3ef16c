import { connect } from 'node:http2';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  DataPlaneHarness,
  host,
  istio,
  request,
  routing,
  subsets,
  to,
} from './data-plane-harness.js';
import { until } from './src/index.js';
import type { Proxy } from './src/data-plane/index.js';

let harness: DataPlaneHarness;
let sidecar: Proxy;

beforeAll(async () => {
  harness = await DataPlaneHarness.start();
  sidecar = await harness.plane.sidecar();
}, 1_200_000);

afterAll(() => harness.stop());
beforeEach(() => harness.clear());

const hasRoute = async (proxy: Proxy, wanted: string): Promise<boolean> =>
  (await proxy.routes()).some(({ name }) => name === wanted);

test('each client gets the routes for its labels and namespace', async () => {
  const canary = await harness.plane.sidecar({
    namespace: 'shop',
    labels: { app: 'web', track: 'canary' },
  });
  const forCanary = { match: [{ sourceLabels: { track: 'canary' } }], route: [to('v2')] };
  await harness.apply(subsets('v1', 'v2'), routing([forCanary, { route: [to('v1')] }]));
  expect((await canary.requests.burst(50, { host: 'catalog' })).byVersion).toEqual({ v2: 50 });
  expect((await sidecar.requests.burst(50, { host: 'catalog.shop' })).byVersion).toEqual({
    v1: 50,
  });
  const short = await sidecar.requests.send({ host: 'catalog' });
  expect(short.headers['x-version']).toBe('passthrough');
});

test('a frozen proxy answers nothing, keeps what it had, and catches up', async () => {
  await harness.apply(subsets('v1', 'v2'), routing([{ name: 'g1', route: [to('v1')] }]));
  const other = await harness.plane.sidecar({ namespace: 'other' });
  other.freeze();
  await harness.write(routing([{ name: 'g2', route: [to('v2')] }]));
  const what = 'the other proxy has the new route';
  await until(() => hasRoute(sidecar, 'g2'), { what, withinMs: 5_000 });
  other.thaw();
  await until(() => hasRoute(other, 'g2'), { what: 'the thawed one has it', withinMs: 5_000 });
  expect((await other.requests.burst(20, request)).byVersion).toEqual({ v2: 20 });
});

test('weights that are all 0 are refused by Envoy, which goes on as before', async () => {
  await harness.apply(subsets('v1', 'v2'), routing([{ route: [to('v1')] }]));
  const nothing = harness.apply(routing([{ route: [to('v1', 0), to('v2', 0)] }]));
  await expect(nothing).rejects.toThrow(/Envoy refused its configuration/);
  expect(await sidecar.rejections()).toBeGreaterThan(0);
  expect((await sidecar.requests.burst(20, request)).byVersion).toEqual({ v1: 20 });
});

test('a change is in the proxy about 110 ms after the API server has it', async () => {
  await harness.apply(subsets('v1', 'v2'), routing([{ name: 'g1', route: [to('v1')] }]));
  const start = performance.now();
  await harness.write(routing([{ name: 'g2', route: [to('v1')] }]));
  await until(() => hasRoute(sidecar, 'g2'), { what: 'the proxy has g2', withinMs: 5_000 });
  const took = performance.now() - start;
  expect(took).toBeGreaterThanOrEqual(100);
  expect(took).toBeLessThan(1_000);
});

test('clients with a cookie stay with their version when the weight changes', async () => {
  const cookie = (version: string): object => ({
    match: [{ headers: { cookie: { regex: `^(.*?;\\s*)?rel=${version}(;.*)?$` } } }],
    route: [to(version)],
  });
  const sticky = (version: string, weight: number): object => ({
    ...to(version, weight),
    headers: { response: { add: { 'set-cookie': `rel=${version}; Path=/; Max-Age=3600` } } },
  });
  const at = (weight: number) =>
    routing([
      cookie('v2'),
      cookie('v1'),
      { route: [sticky('v1', 100 - weight), sticky('v2', weight)] },
    ]);
  await harness.apply(subsets('v1', 'v2'), at(50));
  const clients = Array.from({ length: 40 }, () => sidecar.requests.client(request));
  const versions = (): Promise<readonly (string | undefined)[]> =>
    Promise.all(clients.map((client) => client.version()));
  const first = await versions();
  await harness.apply(at(90));
  expect(await versions()).toEqual(first);
  expect(new Set(first)).toEqual(new Set(['v1', 'v2']));
});

test('rewrites, redirects, direct answers and header changes are what the rule says', async () => {
  await harness.apply(
    subsets('v1', 'v2'),
    routing([
      { match: [{ uri: { exact: '/old' } }], redirect: { uri: '/new', redirectCode: 302 } },
      {
        match: [{ uri: { exact: '/tea' } }],
        directResponse: { status: 418, body: { string: 'short' } },
      },
      {
        match: [{ uri: { prefix: '/api/' }, queryParams: { v: { exact: '2' } } }],
        rewrite: { uri: '/', authority: 'inner.example.com' },
        headers: {
          request: { set: { 'x-seen': 'yes' } },
          response: { set: { 'x-route': '%ROUTE_NAME%' } },
        },
        name: 'api',
        route: [to('v2')],
      },
      { match: [{ withoutHeaders: { 'x-user': { exact: 'bob' } } }], route: [to('v1')] },
    ]),
  );
  const send = (path: string, headers = {}) => sidecar.requests.send({ host, path, headers });
  expect(await send('/old')).toMatchObject({
    status: 302,
    headers: { location: `http://${host}/new` },
  });
  expect(await send('/tea')).toMatchObject({ status: 418, body: 'short' });
  const api = await send('/api/items?v=2');
  expect(api.headers).toMatchObject({ 'x-version': 'v2', 'x-route': 'api' });
  expect(JSON.parse(api.body)).toMatchObject({
    url: '/items?v=2',
    host: 'inner.example.com',
    headers: { 'x-seen': 'yes' },
  });
  expect((await send('/')).headers['x-version']).toBe('v1');
  expect((await send('/', { 'x-user': 'bob' })).status).toBe(404);
});

test('each port of a service has the routes that are for it', async () => {
  await harness.cluster.admin.apply('/api/v1/namespaces/shop/services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'desk', namespace: 'shop' },
    spec: {
      selector: { app: 'catalog' },
      ports: [
        { name: 'http', port: 80 },
        { name: 'http-admin', port: 8080 },
      ],
    },
  });
  const desk = 'desk.shop.svc.cluster.local';
  const only = (subset: string): object[] => [{ destination: { host: desk, subset } }];
  await harness.apply(
    istio('DestinationRule', 'desk', {
      host: desk,
      subsets: ['v1', 'v2'].map((name) => ({ name, labels: { version: name } })),
    }),
    istio('VirtualService', 'desk', {
      hosts: [desk],
      http: [{ match: [{ port: 8080 }], route: only('v2') }, { route: only('v1') }],
    }),
  );
  const admin = await sidecar.requestsTo('8080').burst(20, { host: `${desk}:8080` });
  expect(admin.byVersion).toEqual({ v2: 20 });
  expect((await sidecar.requests.burst(20, { host: desk })).byVersion).toEqual({ v1: 20 });
});

test('gRPC goes through the same listener', async () => {
  const { admin } = harness.cluster;
  await admin.apply('/api/v1/namespaces/shop/services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'ratings', namespace: 'shop' },
    spec: { selector: { app: 'catalog', version: 'v2' }, ports: [{ name: 'grpc', port: 80 }] },
  });
  await harness.plane.settled();
  const session = connect(sidecar.url);
  try {
    const call = session.request({
      ':method': 'POST',
      ':path': '/ratings.Ratings/Get',
      ':authority': 'ratings.shop',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const got = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const all: Record<string, unknown> = {};
      call.on('response', (headers) => Object.assign(all, headers));
      call.on('trailers', (trailers) => Object.assign(all, trailers));
      call.on('end', () => resolve(all)).on('error', reject);
      call.resume();
      call.end(Buffer.alloc(5));
    });
    expect(got).toMatchObject({ ':status': 200, 'x-version': 'v2', 'grpc-status': '0' });
  } finally {
    session.close();
  }
});

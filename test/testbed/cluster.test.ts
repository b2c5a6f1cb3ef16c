import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { KubeHttp, KubeRefused, startCluster, until, type TestCluster } from './src/index.js';

interface Kubeconfig {
  clusters: [{ cluster: { server: string; 'certificate-authority-data': string } }];
  users: [{ user: { token: string } }];
}

let cluster: TestCluster;
let spillway: KubeHttp;

beforeAll(async () => {
  cluster = await startCluster('eu-west');
  const { clusters, users } = parse(cluster.kubeconfig) as Kubeconfig;
  const { server, 'certificate-authority-data': authority } = clusters[0].cluster;
  const certificate = Buffer.from(authority, 'base64').toString();
  spillway = new KubeHttp(server, users[0].user.token, certificate);
  await cluster.admin.createNamespace('shop');
}, 1_200_000);

afterAll(async () => {
  await spillway.close();
  await cluster.stop();
});

const istio = '/apis/networking.istio.io/v1/namespaces/shop';
const service = { namespace: 'shop', name: 'catalog' };

function virtualService(name: string, weights: Readonly<Record<string, number | string>>) {
  const host = 'catalog.shop.svc.cluster.local';
  const route = Object.entries(weights).map(([subset, weight]) => ({
    destination: { host, subset },
    weight,
  }));
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: 'shop' },
    spec: { hosts: [host], http: [{ route }] },
  };
}

async function statusOf(call: Promise<unknown>): Promise<number> {
  return call.then(
    () => 200,
    (error: unknown) => (error instanceof KubeRefused ? error.status : Promise.reject(error)),
  );
}

describe('the API server', () => {
  test('says a version that clients can parse', async () => {
    expect(await cluster.admin.http.get('/version')).toMatchObject({ gitVersion: 'v1.34.4' });
  });

  test('checks Istio objects against the CRDs', async () => {
    const text = virtualService('text', { v1: 'many' });
    await expect(cluster.admin.apply(`${istio}/virtualservices`, text)).rejects.toThrow(
      'spec.http[0].route[0].weight',
    );
  });

  test('lets the user spillway apply and watch routing', async () => {
    const object = virtualService('by-spillway', { v1: 90, v2: 10 });
    const path = `${istio}/virtualservices`;
    await spillway.patch(`${path}/by-spillway?fieldManager=spillway`, 'apply', object);
    const live = await cluster.admin.readVirtualService('shop', 'by-spillway');
    expect(live?.metadata.managedFields?.map(({ manager }) => manager)).toEqual(['spillway']);
  });

  test.each([
    ['list secrets', () => spillway.get('/api/v1/secrets')],
    ['delete a Deployment', () => spillway.delete('/apis/apps/v1/namespaces/shop/deployments/x')],
    ['delete a Service', () => spillway.delete('/api/v1/namespaces/shop/services/catalog')],
    ['create a namespace', () => spillway.post('/api/v1/namespaces', { metadata: { name: 'x' } })],
  ])('forbids the user spillway to %s', async (_, call) => {
    expect(await statusOf(call())).toBe(403);
  });
});

describe('people and controllers', () => {
  test('an edit shows who made it', async () => {
    await cluster.admin.apply(`${istio}/virtualservices`, virtualService('edited', { v1: 100 }));
    await cluster.admin.editVirtualService('shop', 'edited', { spec: { gateways: ['mesh'] } });
    const live = await cluster.admin.readVirtualService('shop', 'edited');
    expect(live?.metadata.managedFields?.map(({ manager }) => manager).sort()).toEqual([
      'kubectl-edit',
      'testbed',
    ]);
  });

  test('Pods of all versions share one EndpointSlice with their readiness', async () => {
    await cluster.admin.createService(service);
    await cluster.admin.setPods(service, 'v1', 2);
    await cluster.admin.setPods(service, 'v2', 1, 1);
    await cluster.admin.setPods(service, 'v1', 1);
    const slices = await cluster.admin.list(
      '/apis/discovery.k8s.io/v1/endpointslices?labelSelector=kubernetes.io/service-name=catalog',
    );
    const endpoints = slices.flatMap(
      (slice) =>
        slice['endpoints'] as { conditions: { ready: boolean }; targetRef: { name: string } }[],
    );
    const seen = endpoints.map(
      ({ targetRef, conditions }) => `${targetRef.name.slice(0, 10)} ${conditions.ready}`,
    );
    expect(slices).toHaveLength(1);
    expect(seen.sort()).toEqual(['catalog-v1 true', 'catalog-v2 false', 'catalog-v2 true']);
  });
});

describe('the audit log', () => {
  test('counts every call of a user once, with its answer', async () => {
    const since = Date.now();
    await spillway.get(`${istio}/virtualservices`);
    const object = virtualService('counted', { v1: 100 });
    await spillway.patch(`${istio}/virtualservices/counted?fieldManager=spillway`, 'apply', object);
    await statusOf(spillway.get('/api/v1/secrets'));
    const seen = await cluster.calls('spillway', since);
    expect(seen.map(({ verb, resource, name, code }) => [verb, resource, name, code])).toEqual([
      ['list', 'virtualservices', undefined, 200],
      ['patch', 'virtualservices', 'counted', 201],
      ['list', 'secrets', undefined, 403],
    ]);
    expect(await cluster.calls('spillway', since, since - 1)).toEqual([]);
  });

  test('shows a watch when it begins and when it has ended', async () => {
    const since = Date.now();
    const stage = async () => (await cluster.calls('spillway', since)).map((call) => call.stage);
    const closing = new AbortController();
    const watching = (async () => {
      for await (const _ of spillway.watch(`${istio}/virtualservices?watch=true`, closing.signal));
    })().catch(() => 'closed');
    await until(async () => (await stage())[0] === 'ResponseStarted', {
      what: 'the watch is in the audit log',
      withinMs: 5_000,
    });
    closing.abort();
    expect(await watching).toBe('closed');
    await until(async () => (await stage())[0] === 'ResponseComplete', {
      what: 'the end of the watch is in the audit log',
      withinMs: 5_000,
    });
    expect(await stage()).toHaveLength(1);
  });
});

describe('an API server that goes away', () => {
  test('refuses connections when killed and comes back with its data and address', async () => {
    const { url } = cluster;
    await cluster.admin.apply(`${istio}/virtualservices`, virtualService('kept', { v1: 100 }));
    const before = await cluster.admin.readVirtualService('shop', 'kept');
    await cluster.kill();
    await expect(spillway.get(`${istio}/virtualservices`)).rejects.toThrow(
      /ECONNREFUSED|closed|ECONNRESET/,
    );
    await cluster.restart();
    expect(cluster.url).toBe(url);
    expect(await cluster.admin.readVirtualService('shop', 'kept')).toEqual(before);
  });

  test('keeps its calls over a restart', async () => {
    const since = Date.now();
    await spillway.get(`${istio}/virtualservices`);
    await cluster.kill();
    await cluster.restart();
    await spillway.get(`${istio}/virtualservices`);
    expect(await cluster.calls('spillway', since)).toHaveLength(2);
  });

  test('answers nothing while frozen', async () => {
    cluster.freeze();
    let answered = false;
    const call = spillway.get(`${istio}/virtualservices`).then(() => (answered = true));
    const patience = { what: 'an answer comes', withinMs: 500 };
    await expect(until(() => answered, patience)).rejects.toThrow('gave up');
    cluster.thaw();
    expect(await call).toBe(true);
  });
});

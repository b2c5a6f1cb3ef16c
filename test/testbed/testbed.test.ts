import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestbed, until, type Site, type Testbed } from './src/index.js';

let testbed: Testbed<'eu-west' | 'us-east'>;
const service = { namespace: 'shop', name: 'catalog' };
const host = 'catalog.shop.svc.cluster.local';
const istio = '/apis/networking.istio.io/v1/namespaces/shop';

beforeAll(async () => {
  testbed = await startTestbed({ clusters: ['eu-west', 'us-east'] });
  await Promise.all(Object.values<Site>(testbed.sites).map(prepare));
}, 1_200_000);

afterAll(() => testbed.stop());

async function prepare({ cluster: { admin } }: Site): Promise<void> {
  await admin.createNamespace('shop');
  await admin.createService(service);
  await admin.setPods(service, 'v1', 3);
  await admin.setPods(service, 'v2', 1);
  const subsets = ['v1', 'v2'].map((name) => ({ name, labels: { version: name } }));
  await admin.apply(`${istio}/destinationrules`, {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'catalog', namespace: 'shop' },
    spec: { host, subsets },
  });
  await route(admin, { v1: 100, v2: 0 });
}

function route(
  admin: Site['cluster']['admin'],
  weights: Readonly<Record<string, number>>,
): Promise<unknown> {
  const split = Object.entries(weights).map(([subset, weight]) => ({
    destination: { host, subset },
    weight,
  }));
  return admin.apply(`${istio}/virtualservices`, {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'catalog', namespace: 'shop' },
    spec: { hosts: [host], http: [{ route: split }] },
  });
}

const increase =
  'sum by (destination_version) (increase(istio_requests_total{reporter="source"}[5s]))';

async function shareOfCandidate({ prometheus }: Site): Promise<number> {
  const samples = await prometheus.query(increase);
  const of = (version: string): number =>
    samples.find(({ metric }) => metric['destination_version'] === version)?.value ?? 0;
  return of('v2') / (of('v1') + of('v2'));
}

test('Prometheus sees the split that the API server holds, and follows it', async () => {
  const site = testbed.sites['eu-west'];
  const traffic = await site.mesh.drive(service, 1_000);
  const settled = (share: number) => ({ what: `the candidate has ${share}`, withinMs: 20_000 });
  await until(async () => (await shareOfCandidate(site)) === 0, settled(0));

  await route(site.cluster.admin, { v1: 75, v2: 25 });
  await until(async () => Math.abs((await shareOfCandidate(site)) - 0.25) < 0.005, settled(0.25));
  expect(traffic.split()).toEqual([
    { version: 'v1', part: 0.75 },
    { version: 'v2', part: 0.25 },
  ]);
  expect(traffic.requests('unknown').total).toBe(0);
});

test('errors and latency of a version are those that it was told to have', async () => {
  const { mesh, prometheus, cluster } = testbed.sites['us-east'];
  await route(cluster.admin, { v1: 50, v2: 50 });
  const traffic = await mesh.drive(service, 1_000);
  traffic.setVersion('v2', { errorRate: 0.2, latencyMs: 400 });
  const errors =
    'sum by (destination_version) (rate(istio_requests_total{reporter="source",response_code="500"}[5s]))';
  const p90 =
    'histogram_quantile(0.9, sum by (le) (rate(istio_request_duration_milliseconds_bucket{reporter="source",destination_version="v2"}[5s])))';
  const near = async (query: string, from: number, to: number): Promise<boolean> => {
    const [sample] = await prometheus.query(query);
    return sample !== undefined && sample.value >= from && sample.value <= to;
  };
  await until(() => near(errors, 98, 102), { what: '100 errors a second', withinMs: 20_000 });
  await until(() => near(p90, 250, 500), { what: 'the latency shows', withinMs: 20_000 });
});

test('proxies take a change about 110 ms after the API server has it', async () => {
  const { mesh, cluster } = testbed.sites['us-east'];
  await route(cluster.admin, { v1: 100, v2: 0 });
  const traffic = await mesh.drive(service, 10);
  const settled = { what: 'all traffic goes to stable', withinMs: 5_000 };
  await until(() => traffic.split().length === 1, settled);
  const start = performance.now();
  await route(cluster.admin, { v1: 90, v2: 10 });
  await until(() => traffic.split().length === 2, { what: 'a split', withinMs: 5_000 });
  const took = performance.now() - start;
  expect(took).toBeGreaterThanOrEqual(105);
  expect(took).toBeLessThan(1_000);
});

test('the mesh goes on as it was while its API server is away, and catches up', async () => {
  const { mesh, cluster } = testbed.sites['eu-west'];
  const traffic = await mesh.drive(service, 100);
  const before = traffic.split();
  await cluster.kill();
  const { total } = traffic.requests('v1');
  await until(() => traffic.requests('v1').total > total, {
    what: 'requests go on',
    withinMs: 5_000,
  });
  expect(traffic.split()).toEqual(before);
  await cluster.restart();
  await route(cluster.admin, { v1: 40, v2: 60 });
  await until(() => traffic.split().some((share) => share.part === 0.6), {
    what: 'the mesh obeys again',
    withinMs: 10_000,
  });
});

test('a Prometheus that was killed comes back with what it knew', async () => {
  const { prometheus } = testbed.sites['us-east'];
  const [before] = await prometheus.query('count(up == 1)');
  expect(before?.value).toBe(1);
  await prometheus.kill();
  await expect(prometheus.query('up')).rejects.toThrow();
  await prometheus.restart();
  const [known] = await prometheus.query('count_over_time(up[2m])');
  expect(known?.value).toBeGreaterThan(3);
});

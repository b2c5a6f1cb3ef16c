import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  catalog,
  DataPlaneHarness,
  host,
  istio,
  request,
  routing,
  subsets,
  to,
} from './data-plane-harness.js';
import { startPrometheus, until, type TestPrometheus } from './src/index.js';
import type { Proxy } from './src/data-plane/index.js';

let harness: DataPlaneHarness;
let sidecar: Proxy;
let prometheus: TestPrometheus;

beforeAll(async () => {
  harness = await DataPlaneHarness.start();
  sidecar = await harness.plane.sidecar({ namespace: 'shop', labels: { app: 'web' } });
  prometheus = await startPrometheus({ targets: [harness.plane.target] });
}, 1_200_000);

afterAll(async () => {
  await prometheus.stop();
  await harness.stop();
});

/** Until the sum of a query is exactly this. */
const settled = (query: string, value: number): Promise<unknown> =>
  until(async () => (await prometheus.query(`sum(${query})`))[0]?.value === value, {
    what: `${query} is ${value}`,
    withinMs: 20_000,
  });

const total = (labels: string): string =>
  `istio_requests_total{destination_service="${host}",${labels}}`;

test('Prometheus has what clients saw, by version and code, and not the copies', async () => {
  harness.plane.upstreams.setVersion(catalog, 'v1', { errorRate: 0.1 });
  const mirrors = [{ ...to('v2'), percentage: { value: 100 } }];
  await harness.apply(subsets('v1', 'v2'), routing([{ route: [to('v1')], mirrors }]));
  const tally = await sidecar.requests.burst(1_000, request);
  expect(tally.status(500)).toBe(100);
  const source = 'reporter="source",source_workload="web"';
  await settled(total(`${source},destination_version="v1",response_code="200"`), 900);
  await settled(total(`${source},destination_version="v1",response_code="500"`), 100);
  await settled(total('reporter="destination",destination_version="v2"'), 1_000);
  expect(await prometheus.query(total(`${source},destination_version="v2"`))).toEqual([]);
});

test('Prometheus has the latency of a version', async () => {
  harness.plane.upstreams.setVersion(catalog, 'v2', { latencyMs: 60 });
  await harness.apply(subsets('v1', 'v2'), routing([{ route: [to('v2')] }]));
  await sidecar.requests.burst(100, request);
  const bucket = (le: string): string =>
    `istio_request_duration_milliseconds_bucket{reporter="source",destination_version="v2",le="${le}"}`;
  await settled(bucket('+Inf'), 100);
  const [fast] = await prometheus.query(bucket('50'));
  expect(fast?.value).toBe(0);
});

test('what found no cluster has no version', async () => {
  await harness.apply(subsets('v1', 'v2'), routing([{ route: [to('v9')] }]));
  await sidecar.requests.burst(50, request);
  const labels =
    'reporter="source",destination_version="unknown",response_code="503",response_flags="NC"';
  await settled(total(labels), 50);
});

test('hosts that nobody knows pass, and are blocked once the Sidecar says so', async () => {
  const stranger = { host: 'api.example.com' };
  expect((await sidecar.requests.burst(20, stranger)).byVersion).toEqual({ passthrough: 20 });
  await settled('istio_requests_total{destination_service_name="PassthroughCluster"}', 20);
  await harness.apply(
    istio('Sidecar', 'default', { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }),
    istio('ServiceEntry', 'payments', {
      hosts: ['payments.example.com'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'DNS',
    }),
  );
  expect((await sidecar.requests.send(stranger)).status).toBe(502);
  expect((await sidecar.requests.send({ host: 'payments.example.com' })).status).toBe(200);
  await settled('istio_requests_total{destination_service_name="BlackHoleCluster"}', 1);
  await settled(
    'istio_requests_total{reporter="source",destination_service="payments.example.com"}',
    1,
  );
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrometheusEgress } from '@spillway/adapter-metrics';
import type { EgressAnswer, EgressMetrics } from '@spillway/application';
import { duration, instant, namespaceName } from '@spillway/kernel';
import { startPrometheus, until, type TestPrometheus } from './src/index.js';

const from = 'reporter="source",source_workload_namespace="shop"';
const lost = 'destination_service_name="PassthroughCluster"';

/** What proxies of two namespaces would serve, line by line. */
let lines: readonly string[] = [];
const exporter = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
  response.end(`${lines.join('\n')}\n`);
});

let prometheus: TestPrometheus;
let metrics: EgressMetrics;
beforeAll(async () => {
  await new Promise<void>((resolve) => exporter.listen(0, '127.0.0.1', resolve));
  const { port } = exporter.address() as AddressInfo;
  lines = [
    `istio_requests_total{${from},source_workload="web",destination_service="old.example.com",request_protocol="http",response_code="200",${lost}} 40`,
  ];
  prometheus = await startPrometheus({ targets: [`127.0.0.1:${port}`] });
  metrics = createPrometheusEgress({
    kind: 'prometheus',
    url: prometheus.url,
    auth: { kind: 'none' },
    timeoutMs: 5_000,
    reporter: 'destination',
    scrapeIntervalMs: 15_000,
    lagMs: 1_000,
  });
}, 60_000);
afterAll(async () => {
  await metrics.close();
  await prometheus.stop();
  exporter.closeAllConnections();
  await new Promise((resolve) => exporter.close(resolve));
});

const ask = (namespace = 'shop', hosts: readonly string[] = []): Promise<EgressAnswer> =>
  metrics.ask({
    namespace: namespaceName(namespace),
    hosts,
    at: instant(Date.now()),
    window: duration(3_600_000),
  });

const seen = async (hosts: readonly string[] = []) => {
  const answer = await ask('shop', hosts);
  return answer.kind === 'measured' ? answer.seen : [];
};

describe('egress from a real Prometheus', () => {
  it('sees a call that was made once, which increase() does not', async () => {
    lines = [
      `istio_requests_total{${from},source_workload="web",destination_service="once.example.com",request_protocol="http",response_code="200",${lost}} 1`,
      `istio_requests_total{${from},source_workload="web",destination_service="once.example.com",request_protocol="http",response_code="503",${lost}} 2`,
      `istio_tcp_connections_opened_total{${from},source_workload="job",destination_service="unknown",request_protocol="tcp",${lost}} 7`,
      `istio_requests_total{${from},source_workload="web",destination_service="shut.example.com:8443",request_protocol="http",response_code="502",destination_service_name="BlackHoleCluster"} 4`,
      `istio_requests_total{${from},source_workload="web",destination_service="api.stripe.com",request_protocol="http",response_code="200",destination_service_name="api.stripe.com"} 9`,
      `istio_requests_total{reporter="source",source_workload_namespace="other",source_workload="x",destination_service="x.example.com",request_protocol="http",${lost}} 3`,
      `istio_requests_total{reporter="destination",source_workload_namespace="shop",source_workload="web",destination_service="y.example.com",request_protocol="http",${lost}} 3`,
    ];
    await until(async () => (await seen()).length >= 3, {
      what: 'three are seen',
      withinMs: 15_000,
    });
    const found = (await seen()).filter(({ host }) => host !== 'old.example.com');
    expect(
      found
        .map(({ host, port, requests, isBlocked }) => `${host}:${port} ${requests} ${isBlocked}`)
        .toSorted(),
    ).toEqual(
      [
        'once.example.com:80 3 false',
        'shut.example.com:8443 4 true',
        'undefined:undefined 7 false',
      ].toSorted(),
    );
    const [{ firstSeen = 0, lastSeen = 0 } = {}] = found;
    expect(lastSeen).toBeGreaterThanOrEqual(firstSeen);
    expect(Date.now() - lastSeen).toBeLessThan(120_000);
  });

  it('asks for hosts that are about to be closed', async () => {
    expect(await seen(['api.stripe.com'])).toContainEqual(
      expect.objectContaining({ host: 'api.stripe.com', requests: 9, isBlocked: false }),
    );
    expect(await seen(['*.stripe.com'])).toContainEqual(
      expect.objectContaining({ host: 'api.stripe.com' }),
    );
  });

  it('knows a namespace that nothing is measured of', async () => {
    expect(await ask('elsewhere')).toMatchObject({ kind: 'noData' });
  });
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MetricsSource } from '@spillway/application';
import type { MetricQuery } from '@spillway/domain-analysis';
import { read, sourceAt } from './asking.js';
import { say } from './src/say.js';
import { startPrometheus, type HistorySeries, type TestPrometheus } from './src/index.js';

const second = 1_000;
const start = 1_700_000_010 * second;
const scrapes = 30;
const services = 500;
const hostOf = (i: number): string => `s${i}.shop.svc.cluster.local`;

/** Istio's own. */
const bounds = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000,
  600_000, 1_800_000, 3_600_000,
];

const growing = (perScrape: number): HistorySeries['samples'] =>
  Array.from({ length: scrapes }, (_, i) => [start + i * 15 * second, i * perScrape]);

/** Of one version: every bucket gets one request a scrape, and one request in twenty fails. */
function seriesOf(host: string, version: string): readonly HistorySeries[] {
  const labels = {
    reporter: 'destination',
    destination_service: host,
    destination_version: version,
  };
  const all = bounds.length + 1;
  return [
    ...[
      ['200', all - 1],
      ['503', 1],
    ].map(([response_code, n]) => ({
      name: 'istio_requests_total',
      labels: { ...labels, response_code: String(response_code) },
      samples: growing(Number(n)),
    })),
    ...[...bounds, Infinity].map((bound, i) => ({
      name: 'istio_request_duration_milliseconds_bucket',
      labels: { ...labels, le: bound === Infinity ? '+Inf' : String(bound) },
      samples: growing(i + 1),
    })),
  ];
}

let prometheus: TestPrometheus;
let source: MetricsSource;
beforeAll(async () => {
  const hosts = Array.from({ length: services }, (_, i) => hostOf(i));
  prometheus = await startPrometheus({
    targets: [],
    history: hosts.flatMap((host) => ['v1', 'v2'].flatMap((version) => seriesOf(host, version))),
  });
  source = sourceAt(prometheus.url);
}, 120_000);
afterAll(async () => {
  await source.close();
  await prometheus.stop();
});

const metrics: readonly MetricQuery[] = [
  { kind: 'requestSuccessRate' },
  { kind: 'requestLatency', quantile: 0.99 },
];

/** All services are measured at once, as at the end of an interval. */
async function measure(at: number) {
  const [queries, cpu] = [await prometheus.queries(), process.cpuUsage()];
  const readings = await Promise.all(
    Array.from({ length: services }, (_, i) =>
      metrics.map((query) => read(source, hostOf(i), { at, window: 60 * second, query })),
    ).flat(),
  );
  const { user, system } = process.cpuUsage(cpu);
  return {
    readings,
    queries: (await prometheus.queries()) - queries,
    cpuMs: (user + system) / 1_000,
  };
}

it('500 services with a success rate and a latency are four queries at most, and little work', async () => {
  for (let interval = 0; interval < 3; interval += 1) {
    const { readings, queries, cpuMs } = await measure(start + (200 + interval * 30) * second);
    say(`${services} services: ${queries} queries, ${cpuMs.toFixed(0)} ms of CPU`);
    const requests = 4 * (bounds.length + 1);
    for (const reading of readings) {
      expect(reading).toMatchObject({ candidate: { requests }, stable: { requests } });
    }
    expect(queries).toBeLessThanOrEqual(4);
    expect(cpuMs).toBeLessThan(1_000);
  }
});

it('are as few when releases begin one after the other, and nobody knew of them before', async () => {
  const before = await prometheus.queries();
  const fresh = sourceAt(prometheus.url);
  const asked = { at: start + 300 * second, window: 60 * second };
  for (let i = 0; i < services; i += 1) {
    for (const query of metrics) await read(fresh, hostOf(i), { ...asked, query });
  }
  await fresh.close();
  expect((await prometheus.queries()) - before).toBeLessThanOrEqual(4);
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MetricsSource } from '@spillway/application';
import { read, sourceAt } from './asking.js';
import { ScriptedExporter } from './scripted-exporter.js';
import { startPrometheus, until, type TestPrometheus } from './src/index.js';

const host = 'catalog.shop.svc.cluster.local';
const second = 1_000;
const seriesOf = (pod: string, code: string): string =>
  `istio_requests_total{reporter="destination",destination_service="${host}",destination_version="v2",` +
  `pod="${pod}",response_code="${code}"}`;

let steady: ScriptedExporter;
let shaky: ScriptedExporter;
let prometheus: TestPrometheus;
let source: MetricsSource;
beforeAll(async () => {
  [steady, shaky] = [await ScriptedExporter.start(), await ScriptedExporter.start()];
  prometheus = await startPrometheus({ targets: [steady.target, shaky.target] });
  source = sourceAt(prometheus.url, { scrapeIntervalMs: 1_000 });
}, 60_000);
afterAll(async () => {
  await source.close();
  await prometheus.stop();
  await Promise.all([steady.stop(), shaky.stop()]);
});

const add = (exporter: ScriptedExporter, series: string, more: number): void =>
  void exporter.series.set(series, (exporter.series.get(series) ?? 0) + more);

/** Lets a number of scrapes pass, with requests all the while. */
async function scrapes(n: number, meanwhile: () => void): Promise<void> {
  for (let i = 0; i < n; i += 1) {
    const before = steady.scrapes;
    meanwhile();
    await until(() => steady.scrapes > before, { what: 'the next scrape', withinMs: 20_000 });
  }
}

const sum = async (from: number, to: number, window: number) => {
  const total = { requests: 0, errors: 0 };
  for (let at = from + window; at <= to; at += window) {
    const reading = await read(source, host, { at, window });
    if (reading.kind !== 'value') continue;
    total.requests += reading.candidate.requests ?? 0;
    total.errors += reading.candidate.errors ?? 0;
  }
  return total;
};

it('every request that was scraped is in one of the windows, whatever becomes of its pod', async () => {
  const start = Math.floor(Date.now() / second) * second;
  await scrapes(8, () => add(steady, 'other_total', 1));

  const [a, b, failed] = [seriesOf('a', '200'), seriesOf('b', '200'), seriesOf('a', '503')];
  await scrapes(3, () => add(steady, a, 10));
  await scrapes(3, () => [add(steady, a, 10), add(shaky, b, 7), add(steady, failed, 1)]);
  shaky.failing = true;
  await scrapes(3, () => [add(steady, a, 10), add(shaky, b, 7)]);
  shaky.failing = false;
  await scrapes(2, () => [add(steady, a, 10), add(shaky, b, 7)]);
  steady.series.delete(a);
  await scrapes(2, () => add(shaky, b, 7));
  shaky.series.delete(b);
  await scrapes(2, () => add(steady, a, 3));
  await scrapes(2, () => add(shaky, b, 2));

  const end = Math.ceil(Date.now() / second + 12) * second;
  await until(() => Date.now() > end - 11 * second, {
    what: 'the last scrape is in',
    withinMs: 5_000,
  });
  const errors = steady.grown(failed);
  const requests = steady.grown(a) + shaky.grown(b) + errors;
  expect(errors).toBe(3);
  expect(requests).toBeGreaterThan(150);
  for (const window of [1, 2, 3, 5, 7]) {
    const length = window * second;
    const counted = await sum(start, start + Math.ceil((end - start) / length) * length, length);
    expect({ window, ...counted }).toEqual({ window, requests, errors });
  }
});

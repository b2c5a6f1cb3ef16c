import type { MetricQuestion, MetricsSource } from '@spillway/application';
import { clusterName, duration, instant, serviceName } from '@spillway/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aConnection,
  aQuestion,
  startLoopbackPrometheus,
  vector,
  type LoopbackPrometheus,
} from '../testing/index.js';
import { createPrometheusSource } from './prometheus-source.js';

const at = aQuestion().at;
const minute = 60_000;

let now: number;
let server: LoopbackPrometheus;
let source: MetricsSource;
beforeEach(async () => {
  now = at + 1_000;
  server = await startLoopbackPrometheus(() => ({ body: vector() }));
  source = createPrometheusSource(aConnection(server.url), {
    cluster: clusterName('eu'),
    clock: { now: () => instant(now) },
  });
});
afterEach(async () => {
  await source.close();
  await server.close();
});

const hostOf = (i: number): string => `s${i}.shop.svc.cluster.local`;
const askFor = (i: number, change: Partial<MetricQuestion> = {}): Promise<unknown> =>
  source.read(
    aQuestion({
      service: { ...aQuestion().service, service: serviceName(`shop/s${i}`), host: hostOf(i) },
      ...change,
    }),
  );
const askForAll = (n: number, change: Partial<MetricQuestion> = {}): Promise<unknown> =>
  Promise.all(Array.from({ length: n }, (_, i) => askFor(i, change)));

const selectors = (): readonly (string | undefined)[] =>
  server.seen.map(({ promql }) => /\{reporter="source"(.*?)\}/.exec(promql)?.[1]);

describe('what a mesh counted', () => {
  it('is asked for the services that are measured, in a list that needs no matching', async () => {
    await Promise.all([askFor(2), askFor(1)]);
    const [one, two] = [1, 2].map((i) => String.raw`s${i}\\.shop\\.svc\\.cluster\\.local`);
    expect(selectors()).toEqual([`,destination_service=~"${one}|${two}"`]);
  });

  it('cannot be left by a host with quotes', async () => {
    const host = String.raw`a"} or b{c="\n.d`;
    await source.read(aQuestion({ service: { ...aQuestion().service, host } }));
    expect(server.seen[0]?.promql).toContain(
      String.raw`{reporter="source",destination_service=~"a...or.b.c...n\\.d"}`,
    );
  });

  it('is asked once for five hundred services, of everybody', async () => {
    await askForAll(500);
    await askForAll(500, { query: { kind: 'requestLatency', quantile: 0.9 } });
    expect(selectors()).toEqual(['', '']);
  });

  it('is asked once more, of everybody, when a service comes up that nobody asked for', async () => {
    await askFor(1);
    await askForAll(10);
    await askForAll(20);
    expect(selectors()).toEqual([expect.stringContaining('s1'), '']);
  });

  it('is asked for the new service, too, in the next window', async () => {
    await askFor(1);
    await askFor(2);
    now += minute;
    await askFor(1, { at: instant(at + minute) });
    await askFor(2, { at: instant(at + minute) });
    expect(selectors()[2]).toMatch(/s1.*\|s2/);
    expect(server.seen).toHaveLength(3);
  });

  it('is no longer asked for a service that nobody has asked for in ten minutes', async () => {
    await askFor(1);
    now += 11 * minute;
    await askFor(2, { at: instant(now - 1_000) });
    expect(selectors()[1]).not.toContain('s1');
  });

  it('is shared for 12 seconds, by those who ask for the same window and moment', async () => {
    await askFor(1);
    now += 11_999;
    await askFor(1);
    expect(server.seen).toHaveLength(1);
    await askFor(1, { at: instant(at - 1_000) });
    await askFor(1, { window: duration(30_000) });
    expect(server.seen).toHaveLength(3);
    now += 1;
    await askFor(1);
    expect(server.seen).toHaveLength(4);
  });

  it('is asked again when the last scrape may have been missing', async () => {
    now = at + 999;
    await Promise.all([askFor(1), askFor(1)]);
    expect(server.seen).toHaveLength(1);
    now = at + 1_000;
    await askFor(1);
    await askFor(1);
    expect(server.seen).toHaveLength(2);
  });
});

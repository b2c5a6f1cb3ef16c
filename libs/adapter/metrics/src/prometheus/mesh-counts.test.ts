import type { MetricQuestion, MetricsSource } from '@spillway/application';
import { clusterName, duration, instant, serviceName, type Instant } from '@spillway/kernel';
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

const hostsOf = (indexes: readonly number[]): readonly string[] => indexes.map(hostOf).toSorted();

const span = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, n) => from + n);

const all: readonly string[] = [''];

/** The services of each question, by name. */
const asked = (): readonly (readonly string[])[] =>
  server.seen.map(({ promql }) => {
    const named = /destination_service=~"(.*?)"/.exec(promql)?.[1] ?? '';
    return named.replaceAll(String.raw`\\`, '').split('|');
  });

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

  it('is asked for 250 services at once', async () => {
    await askForAll(600);
    await askForAll(600, { query: { kind: 'requestLatency', quantile: 0.9 } });
    expect(asked().map(({ length }) => length)).toEqual([250, 250, 100, 250, 250, 100]);
    expect(new Set(asked().flat()).size).toBe(600);
  });

  it('is asked for those services together that are asked for one after the other', async () => {
    const askInTurn = (i: number, end: Instant): Promise<unknown> => {
      now = end + 1_000 + 5 * i;
      return askFor(i, { at: end });
    };
    for (const i of span(0, 600)) await askInTurn((i * 7) % 600, at);
    const before = server.seen.length;
    for (const i of span(0, 600)) await askInTurn(i, instant(at + minute));
    const together = [span(0, 250), span(250, 500), span(500, 600)];
    expect(asked().slice(before)).toEqual(together.map(hostsOf));
  });

  it('is not asked for a service whose turn comes much later', async () => {
    const askAfter = async (ms: number, i: number, end: Instant): Promise<void> => {
      now = end + ms;
      await askFor(i, { at: end });
    };
    for (const end of [at, instant(at + minute)]) {
      for (const [i, ms] of [1_000, 2_000, 3_000, 3_001].entries()) await askAfter(ms, i, end);
    }
    expect(asked().slice(2)).toEqual([hostsOf([0, 1, 2]), all]);
  });

  it('is asked for all together whose turn has passed', async () => {
    await askFor(1);
    now += 3_000;
    await askFor(2);
    now = at + minute + 30_000;
    await askFor(2, { at: instant(at + minute) });
    await askFor(1, { at: instant(at + minute) });
    expect(asked()).toEqual([[hostOf(1)], all, [hostOf(1), hostOf(2)]]);
  });

  it('is asked for ever fewer together where answers are gone before most have come, and for more again', async () => {
    await askForAll(250);
    const late = instant(at + minute);
    now = late + 1_000;
    for (let i = 0; i < 7; i += 1, now += 12_000) await askFor(i, { at: late });
    const sizes = (): readonly number[] => asked().map((hosts) => hosts.length);
    expect(sizes()).toEqual([250, 250, 125, 62, 31, 15, 8, 8]);
    for (let i = 2; i < 4; i += 1) {
      now = at + i * minute + 1_000;
      await askForAll(250, { at: instant(at + i * minute) });
    }
    // All came for each of those small ones.
    expect(sizes().slice(8)).toEqual([...span(0, 31).map(() => 8), 2, 250]);
  });

  it('is asked once more, of everybody, when a service comes up that nobody expected', async () => {
    await askFor(1);
    await askForAll(10);
    await askForAll(11);
    expect(asked()).toEqual([[hostOf(1)], hostsOf([0, 2, 3, 4, 5, 6, 7, 8, 9]), all]);
  });

  it('is asked for the new service together with the others in the next window', async () => {
    await askFor(1);
    await askFor(2);
    now += minute;
    await askFor(1, { at: instant(at + minute) });
    await askFor(2, { at: instant(at + minute) });
    expect(asked()).toEqual([[hostOf(1)], all, [hostOf(1), hostOf(2)]]);
  });

  it('is not asked for services that are measured by other windows', async () => {
    await askFor(1, { window: duration(30_000) });
    await askFor(2);
    expect(asked()).toEqual([[hostOf(1)], [hostOf(2)]]);
  });

  it('is no longer asked for a service that nobody has asked for in ten minutes', async () => {
    await askFor(1);
    now += 11 * minute;
    await askFor(2, { at: instant(now - 1_000) });
    expect(asked()[1]).toEqual([hostOf(2)]);
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

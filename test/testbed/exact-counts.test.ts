import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MetricsSource } from '@spillway/application';
import type { Sample } from '@spillway/domain-analysis';
import { Dice } from '../simulation/dice.js';
import { read, sourceAt } from './asking.js';
import {
  bounds,
  historyOf,
  randomPod,
  seenOf,
  type ScrapedPod,
  type SeenRequest,
} from './scraped-mesh.js';
import { startPrometheus, type HistorySeries, type TestPrometheus } from './src/index.js';

const second = 1_000;
const minute = 60 * second;
const start = 1_700_000_000 * second;
const hours = { from: start, to: start + 40 * minute };
const dice = new Dice(20_261_121);
const hosts = Array.from({ length: 12 }, (_, i) => `s${i}.shop.svc.cluster.local`);
const versions = ['v1', 'v2'];

const pods = hosts.flatMap((host) =>
  versions.flatMap((of) =>
    ['a', 'b'].map((pod) =>
      randomPod(dice, { host, version: of, name: `${host}-${of}-${pod}` }, hours),
    ),
  ),
);

/** Prometheus has scraped other things before. */
const up: HistorySeries = {
  name: 'up',
  labels: { job: 'other' },
  samples: Array.from({ length: 200 }, (_, i) => [start - 5 * minute + i * 15 * second, 1]),
};

let prometheus: TestPrometheus;
let source: MetricsSource;
beforeAll(async () => {
  prometheus = await startPrometheus({
    targets: [],
    history: [up, ...pods.flatMap(historyOf)],
  });
  source = sourceAt(prometheus.url);
}, 120_000);
afterAll(async () => {
  await source.close();
  await prometheus.stop();
});

const nobody = { requests: 0, errors: 0, latencies: [0, 0, 0, 0] };
type Counts = typeof nobody;

/** What the source says of each version. */
async function measured(host: string, at: number, window: number): Promise<readonly Counts[]> {
  const [rate, latency] = await Promise.all([
    read(source, host, { at, window }),
    read(source, host, { at, window, query: { kind: 'requestLatency', quantile: 0.9 } }),
  ]);
  // Without a candidate nothing is said of stable.
  if (rate.kind !== 'value' || latency.kind !== 'value') {
    expect([rate.kind, latency.kind]).toEqual(['empty', 'empty']);
    return [nobody];
  }
  return [countsOf(rate.candidate, latency.candidate), countsOf(rate.stable, latency.stable)];
}

function countsOf(rate: Sample | undefined, latency: Sample | undefined): Counts {
  expect(latency?.requests).toBe(rate?.requests);
  return {
    requests: rate?.requests ?? 0,
    errors: rate?.errors ?? 0,
    latencies: [...(latency?.histogram?.counts ?? nobody.latencies)],
  };
}

/** What is true of each version. */
function truth(host: string, at: number, window: number): readonly Counts[] {
  const of = (name: string): Counts =>
    count(seenBy(host, name).filter(({ seenAt }) => seenAt > at - window && seenAt <= at));
  const candidate = of('v2');
  return candidate.requests === 0 ? [nobody] : [candidate, of('v1')];
}

const seen = new Map<ScrapedPod, readonly SeenRequest[]>(pods.map((pod) => [pod, seenOf(pod)]));

const seenBy = (host: string, name: string): readonly SeenRequest[] =>
  [...seen].filter(([pod]) => pod.host === host && pod.version === name).flatMap(([, all]) => all);

function count(requests: readonly SeenRequest[]): Counts {
  const edges = [-1, ...bounds, Infinity];
  const latencies = edges.slice(1).map((upTo, i) => {
    const above = edges[i] ?? 0;
    return requests.filter(({ latencyMs }) => latencyMs > above && latencyMs <= upTo).length;
  });
  const errors = requests.filter(({ failed }) => failed).length;
  return { requests: requests.length, errors, latencies };
}

const windows = [10, 15, 20, 30, 40, 60, 100, 120, 300].map((seconds) => seconds * second);

describe('requests of pods that come, crash, are not scraped and go', () => {
  it('are those that were, in any window', async () => {
    for (let n = 0; n < 30; n += 1) {
      const window = dice.one(windows);
      const at = start + dice.under(45 * 60) * second;
      for (const host of hosts) {
        expect({ n, host, counts: await measured(host, at, window) }).toEqual({
          n,
          host,
          counts: truth(host, at, window),
        });
      }
    }
  });

  it.each([20, 30, 60, 90])(
    'are each in exactly one of the windows of %i seconds that touch',
    async (length) => {
      const window = length * second;
      const end = hours.to + 6 * minute;
      for (const host of hosts.slice(0, 4)) {
        let [requests, errors] = [0, 0];
        for (let at = hours.from + window; at < end; at += window) {
          const [candidate = nobody] = await measured(host, at, window);
          requests += candidate.requests;
          errors += candidate.errors;
        }
        const all = seenBy(host, 'v2');
        expect(all.length).toBeGreaterThan(1_000);
        expect({ requests, errors }).toEqual({
          requests: all.length,
          errors: all.filter(({ failed }) => failed).length,
        });
      }
    },
  );
});

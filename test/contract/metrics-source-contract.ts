import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MetricQuestion, MetricsSource } from '@spillway/application';
import type { MetricQuery, Reading, Sample } from '@spillway/domain-analysis';
import type { MeshService } from '@spillway/domain-istio';
import { duration, instant, serviceName, version, type Instant } from '@spillway/kernel';

/** How a version answers while traffic flows. */
export interface Answering {
  readonly requestsPerSecond: number;
  readonly errorRate: number;
  /** Of every request alike. */
  readonly latencyMs: number;
}

/** A metrics source whose mesh a test can drive. Made without any traffic. */
export interface MetricsHarness {
  readonly source: MetricsSource;
  /** Versions serve the service for this long; afterwards nobody asks it any more. */
  serve(versions: Readonly<Record<string, Answering>>, seconds: number): Promise<void>;
  /** The moment at which the last `serve` ended; the first one begins here. */
  now(): Instant;
  /** The backend stops answering. */
  goDown(): Promise<void>;
  /** The backend answers NaN to everything. */
  answerNotANumber(): Promise<void>;
  dispose(): Promise<void>;
}

export const contractService: MeshService = {
  service: serviceName('shop/catalog'),
  host: 'catalog.shop.svc.cluster.local',
  port: 8080,
  versionLabel: 'version',
};

const healthy: Answering = { requestsPerSecond: 100, errorRate: 0, latencyMs: 30 };
const broken: Answering = { requestsPerSecond: 100, errorRate: 1, latencyMs: 200 };
const successRate: MetricQuery = { kind: 'requestSuccessRate' };

/** What every `MetricsSource` promises, whatever is behind it. Call it inside a `describe`. */
export function metricsSourceContract(make: () => Promise<MetricsHarness>): void {
  let harness: MetricsHarness;
  beforeEach(async () => {
    harness = await make();
  });
  afterEach(async () => {
    await harness.dispose();
  });

  const read = (query: MetricQuery, change: Partial<MetricQuestion> = {}): Promise<Reading> =>
    harness.source.read({
      query,
      service: contractService,
      stable: version('v1'),
      candidate: version('v2'),
      at: harness.now(),
      window: duration(60_000),
      ...change,
    });

  const readValue = async (...question: Parameters<typeof read>) => {
    const reading = await read(...question);
    if (reading.kind !== 'value') throw new Error(`not a value: ${JSON.stringify(reading)}`);
    return reading;
  };

  describe('success rate', () => {
    it('is in percent, for candidate and stable, with the requests behind it', async () => {
      await harness.serve({ v1: healthy, v2: { ...broken, errorRate: 0.25 } }, 60);
      const { candidate, stable } = await readValue(successRate);
      expect(stable?.value).toBe(100);
      expect(candidate.value).toBeGreaterThan(72);
      expect(candidate.value).toBeLessThan(78);
      expect(candidate.requests).toBeGreaterThan(5_700);
      expect(candidate.requests).toBeLessThan(6_300);
      expect(Number.isInteger(candidate.requests)).toBe(true);
    });

    it('has whole errors that with the successes are all requests, for both versions', async () => {
      await harness.serve({ v1: healthy, v2: { ...healthy, errorRate: 0.25 } }, 60);
      const { candidate, stable } = await readValue(successRate);
      expect(stable?.errors).toBe(0);
      const { value, requests = 0, errors = Number.NaN } = candidate;
      expect(Number.isInteger(errors)).toBe(true);
      expect(errors).toBeGreaterThan(0.22 * requests);
      expect(errors).toBeLessThan(0.28 * requests);
      expect((value / 100) * requests + errors).toBeCloseTo(requests, 6);
    });

    it('is 0 and not empty when every request fails', async () => {
      await harness.serve({ v2: broken }, 60);
      const { candidate } = await readValue(successRate);
      expect(candidate.value).toBe(0);
      expect(candidate.requests).toBeGreaterThan(0);
    });

    it('has no stable sample when stable had no requests', async () => {
      await harness.serve({ v2: healthy }, 60);
      expect(await readValue(successRate)).not.toHaveProperty('stable');
    });

    it('looks at its window only', async () => {
      await harness.serve({ v2: broken }, 60);
      const first = harness.now();
      await harness.serve({ v2: healthy }, 60);
      expect((await readValue(successRate)).candidate.value).toBe(100);
      expect((await readValue(successRate, { at: first })).candidate.value).toBe(0);
      const both = await readValue(successRate, { window: duration(120_000) });
      expect(both.candidate.value).toBeGreaterThan(45);
      expect(both.candidate.value).toBeLessThan(55);
    });
  });

  describe('latency', () => {
    it('is in milliseconds, at the quantile that was asked for', async () => {
      await harness.serve({ v1: healthy, v2: { ...healthy, latencyMs: 200 } }, 60);
      const half = await readValue({ kind: 'requestLatency', quantile: 0.5 });
      expect(half.stable?.value).toBeCloseTo(37.5);
      expect(half.candidate.value).toBeCloseTo(175);
      expect(half.candidate.requests).toBeGreaterThan(5_700);
      const most = await readValue({ kind: 'requestLatency', quantile: 0.99 });
      expect(most.candidate.value).toBeCloseTo(248.5);
    });

    it('has a histogram that holds every request in the bucket of its latency', async () => {
      await harness.serve({ v1: healthy, v2: { ...healthy, latencyMs: 200 } }, 60);
      const { candidate, stable } = await readValue({ kind: 'requestLatency', quantile: 0.5 });
      expect(inBuckets(stable)).toEqual([{ above: 25, upTo: 50, count: stable?.requests }]);
      expect(inBuckets(candidate)).toEqual([{ above: 100, upTo: 250, count: candidate.requests }]);
      expect(candidate).not.toHaveProperty('errors');
    });

    it('counts the same requests as the success rate does', async () => {
      await harness.serve({ v1: healthy, v2: { ...healthy, errorRate: 0.25 } }, 60);
      const latencies = await readValue({ kind: 'requestLatency', quantile: 0.5 });
      const rates = await readValue(successRate);
      expect(latencies.candidate.requests).toBe(rates.candidate.requests);
      expect(latencies.stable?.requests).toBe(rates.stable?.requests);
    });
  });

  it('counts every request in exactly one of two windows that touch', async () => {
    await harness.serve({ v1: healthy, v2: { ...broken, errorRate: 0.25 } }, 60);
    const end = harness.now();
    const window = duration(30_000);
    for (const query of [successRate, { kind: 'requestLatency', quantile: 0.5 } as const]) {
      const whole = await readValue(query);
      const first = await readValue(query, { window, at: instant(end - window) });
      const second = await readValue(query, { window });
      for (const arm of ['candidate', 'stable'] as const) {
        expect(sum(first[arm], second[arm])).toEqual(counts(whole[arm]));
      }
    }
  });

  describe.each<MetricQuery>([successRate, { kind: 'requestLatency', quantile: 0.9 }])(
    'what is no value ($kind)',
    (query) => {
      it('is empty when nobody ever asked the candidate', async () => {
        await harness.serve({ v1: healthy }, 60);
        expect(await read(query)).toEqual({ kind: 'empty' });
      });

      it('is empty when nobody asked the candidate in the window', async () => {
        await harness.serve({ v2: healthy }, 60);
        await harness.serve({ v1: healthy }, 120);
        expect(await read(query)).toEqual({ kind: 'empty' });
      });

      it('is empty for a service that nobody knows', async () => {
        await harness.serve({ v2: healthy }, 60);
        const service = {
          ...contractService,
          service: serviceName('shop/other'),
          host: 'other.shop.svc.cluster.local',
        };
        expect(await read(query, { service })).toEqual({ kind: 'empty' });
      });

      it('is not a number when the backend says so', async () => {
        await harness.serve({ v1: healthy, v2: healthy }, 60);
        await harness.answerNotANumber();
        expect(await read(query)).toEqual({ kind: 'notANumber' });
      });

      it('is an error with a reason, not a rejection, when the backend is down', async () => {
        await harness.serve({ v2: healthy }, 60);
        await harness.goDown();
        expect(await read(query)).toEqual({
          kind: 'error',
          message: expect.stringMatching(/\S/),
        });
      });
    },
  );

  it('gives the same reading to everybody who asks at once', async () => {
    await harness.serve({ v1: healthy, v2: { ...healthy, errorRate: 0.5 } }, 60);
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => read(successRate)));
    expect(first?.kind).toBe('value');
    for (const other of others) expect(other).toEqual(first);
  });

  it('is an error, not a rejection, for a template that cannot be evaluated', async () => {
    const reading = await read({ kind: 'promql', template: 'sum((' });
    expect(reading.kind).toBe('error');
  });
}

/** Buckets that are not empty. */
function inBuckets(sample: Sample | undefined) {
  const { upperBounds = [], counts: all = [] } = sample?.histogram ?? {};
  expect(all).toHaveLength(upperBounds.length + 1);
  expect(upperBounds).toEqual(upperBounds.toSorted((a, b) => a - b));
  return all
    .map((count, i) => ({ above: upperBounds[i - 1], upTo: upperBounds[i], count }))
    .filter(({ count }) => count !== 0);
}

const counts = (sample: Sample | undefined): readonly (number | undefined)[] => [
  sample?.requests,
  sample?.errors,
  ...(sample?.histogram?.counts ?? []),
];

const sum = (a: Sample | undefined, b: Sample | undefined): ReturnType<typeof counts> =>
  counts(a).map((n, i) => (n === undefined ? n : n + (counts(b)[i] ?? Number.NaN)));

/** A moment that every harness may begin at. */
export const contractStart = instant(1_700_000_000_000);

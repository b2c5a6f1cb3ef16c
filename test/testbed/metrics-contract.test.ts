import { describe } from '@jest/globals';
import { after, type Instant } from '@spillway/kernel';
import {
  contractService,
  contractStart,
  metricsSourceContract,
  type Answering,
  type MetricsHarness,
} from '../contract/metrics-source-contract.js';
import { sourceAt } from './asking.js';
import { startPrometheus, type HistorySeries, type TestPrometheus } from './src/index.js';

const scrape = 1_000;
const bounds = [25, 50, 100, 250];

/** A mesh whose counters are scraped every second, into a past that a Prometheus starts with when it is first asked. */
class ScrapedPast {
  now: Instant = contractStart;
  private readonly counters = new Map<string, number>();
  private readonly series = new Map<string, [number, number][]>();
  private prometheus: TestPrometheus | undefined;

  constructor() {
    for (let at = contractStart - 10_000; at <= contractStart; at += scrape) this.scrape(at);
  }

  serve(versions: Readonly<Record<string, Answering>>, seconds: number): void {
    for (let i = 0; i < seconds; i += 1) {
      for (const [version, answering] of Object.entries(versions)) this.answer(version, answering);
      this.now = after(this.now, scrape);
      this.scrape(this.now);
    }
  }

  answerNotANumber(): void {
    for (const key of this.counters.keys()) this.counters.set(key, Number.NaN);
    this.now = after(this.now, scrape);
    this.scrape(this.now);
  }

  async start(): Promise<TestPrometheus> {
    const history = [...this.series].map(([key, samples]): HistorySeries => {
      const { name, labels } = JSON.parse(key) as Omit<HistorySeries, 'samples'>;
      return { name, labels, samples };
    });
    return (this.prometheus ??= await startPrometheus({ targets: [], history }));
  }

  async stop(): Promise<void> {
    await this.prometheus?.stop();
  }

  private scrape(at: number): void {
    const up = JSON.stringify({ name: 'up', labels: { job: 'mesh' } });
    for (const [key, value] of [...this.counters, [up, 1] as const]) {
      const samples = this.series.get(key) ?? [];
      this.series.set(key, samples);
      samples.push([at, value]);
    }
  }

  private answer(version: string, { requestsPerSecond, errorRate, latencyMs }: Answering): void {
    const failed = requestsPerSecond * errorRate;
    this.count(version, '503', latencyMs, failed);
    this.count(version, '200', latencyMs, requestsPerSecond - failed);
  }

  private count(version: string, response_code: string, latencyMs: number, n: number): void {
    const labels = {
      reporter: 'source',
      destination_service: contractService.host,
      destination_version: version,
      response_code,
    };
    this.add({ name: 'istio_requests_total', labels }, n);
    for (const bound of [...bounds, Infinity]) {
      const le = bound === Infinity ? '+Inf' : String(bound);
      const name = 'istio_request_duration_milliseconds_bucket';
      this.add({ name, labels: { ...labels, le } }, latencyMs <= bound ? n : 0);
    }
  }

  private add(series: Omit<HistorySeries, 'samples'>, more: number): void {
    const key = JSON.stringify(series);
    this.counters.set(key, (this.counters.get(key) ?? 0) + more);
  }
}

function makeHarness(): MetricsHarness {
  const past = new ScrapedPast();
  const started = async () => {
    const prometheus = await past.start();
    const source = sourceAt(prometheus.url, { reporter: 'source', scrapeIntervalMs: scrape });
    return { prometheus, source };
  };
  let running: ReturnType<typeof started> | undefined;
  const run = () => (running ??= started());
  return {
    source: {
      read: async (question) => (await run()).source.read(question),
      close: async () => (await run()).source.close(),
    },
    now: () => past.now,
    serve: (versions, seconds) => Promise.resolve(past.serve(versions, seconds)),
    goDown: async () => (await run()).prometheus.kill(),
    answerNotANumber: () => Promise.resolve(past.answerNotANumber()),
    async dispose() {
      await (await run()).source.close();
      await past.stop();
    },
  };
}

describe('metrics from a real Prometheus', () => {
  metricsSourceContract(() => Promise.resolve(makeHarness()));
});

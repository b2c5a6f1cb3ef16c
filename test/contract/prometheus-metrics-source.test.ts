import { describe } from '@jest/globals';
import { createPrometheusSource } from '@spillway/adapter-metrics';
import {
  answerFrom,
  startLoopbackPrometheus,
  vector,
  type CountedRequests,
} from '@spillway/adapter-metrics/testing';
import { after, clusterName, type Instant } from '@spillway/kernel';
import {
  contractService,
  contractStart,
  metricsSourceContract,
  type Answering,
  type MetricsHarness,
} from './metrics-source-contract.js';

const step = 100;

/** What a version answers in a step. */
function requestsOf(
  version: string,
  { requestsPerSecond, errorRate, latencyMs }: Answering,
  at: Instant,
): readonly CountedRequests[] {
  const all = (requestsPerSecond * step) / 1_000;
  const same = { at, host: contractService.host, version, latencyMs };
  return [
    { ...same, responseCode: '503', count: all * errorRate },
    { ...same, responseCode: '200', count: all * (1 - errorRate) },
  ];
}

async function makeHarness(): Promise<MetricsHarness> {
  let now = contractStart;
  let isNaN = false;
  const counted: CountedRequests[] = [];
  const server = await startLoopbackPrometheus((query) => {
    if (!isNaN) return answerFrom(counted, query);
    const labels = { destination_service: contractService.host, destination_version: 'v2' };
    return { body: vector([{ ...labels, response_code: '200', le: '+Inf' }, 'NaN']) };
  });
  const source = createPrometheusSource(
    {
      kind: 'prometheus',
      url: server.url,
      auth: { kind: 'none' },
      timeoutMs: 5_000,
      reporter: 'source',
      scrapeIntervalMs: 15_000,
      lagMs: 1_000,
    },
    { cluster: clusterName('eu'), clock: { now: () => now } },
  );
  return {
    source,
    now: () => now,
    serve(versions, seconds) {
      for (let i = 0; i < (seconds * 1_000) / step; i += 1) {
        now = after(now, step);
        for (const [version, answering] of Object.entries(versions)) {
          counted.push(...requestsOf(version, answering, now));
        }
      }
      return Promise.resolve();
    },
    goDown: () => server.close(),
    answerNotANumber() {
      isNaN = true;
      return Promise.resolve();
    },
    async dispose() {
      await source.close();
      await server.close();
    },
  };
}

describe('metrics from a Prometheus', () => {
  metricsSourceContract(makeHarness);
});

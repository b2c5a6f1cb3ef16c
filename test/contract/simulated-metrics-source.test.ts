import { describe } from '@jest/globals';
import { createSimulatedMetricsSource, SimulatedMesh } from '@spillway/adapter-cluster';
import { VirtualClock } from '@spillway/application/testing';
import { clusterName, version } from '@spillway/kernel';
import {
  contractService,
  contractStart,
  metricsSourceContract,
  type Answering,
  type MetricsHarness,
} from './metrics-source-contract.js';

function makeHarness(): MetricsHarness {
  const time = new VirtualClock(contractStart);
  const cluster = clusterName('eu');
  const mesh = new SimulatedMesh({ cluster, seed: 3, clock: time, timers: time });
  const source = createSimulatedMetricsSource(mesh);
  const deploy = (name: string, { requestsPerSecond, errorRate, latencyMs }: Answering): void =>
    mesh.setVersion(contractService, version(name), {
      // Without routing, requests go to the pods alike: as many pods, as many requests.
      readyEndpoints: requestsPerSecond,
      errorRate,
      latencyMs: { median: latencyMs, p99: latencyMs },
    });
  return {
    source,
    now: () => time.now(),
    async serve(versions, seconds) {
      const rates = Object.values(versions).map((answering) => answering.requestsPerSecond);
      const idle = { readyEndpoints: 0 };
      for (const name of ['v1', 'v2']) mesh.setVersion(contractService, version(name), idle);
      for (const [name, answering] of Object.entries(versions)) deploy(name, answering);
      mesh.setRequestRate(
        contractService,
        rates.reduce((sum, rate) => sum + rate, 0),
      );
      await time.advance(seconds * 1_000);
      mesh.setRequestRate(contractService, 0);
    },
    goDown: () => Promise.resolve(mesh.metricsDown()),
    answerNotANumber: () => Promise.resolve(mesh.metricsNaN()),
    dispose: () => source.close(),
  };
}

describe('metrics of a simulated cluster', () => {
  metricsSourceContract(() => Promise.resolve(makeHarness()));
});

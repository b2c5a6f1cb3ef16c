import type { MetricQuestion, MetricsSource } from '@spillway/application';
import type { Reading, Sample } from '@spillway/domain-analysis';
import { instant, type Version } from '@spillway/kernel';
import { answered } from './burst.js';
import { quantileOf } from './latency.js';
import type { SimulatedMesh } from './simulated-mesh.js';

const error = (message: string): Reading => ({ kind: 'error', message });

/**
 * Measures a simulated cluster as a Prometheus beside it would, at once and
 * without scraping, by what the versions' own proxies report: copies count as
 * requests do, and requests that no version answered count for none. Knows no PromQL.
 */
export function createSimulatedMetricsSource(mesh: SimulatedMesh): MetricsSource {
  return {
    read: (question) => Promise.resolve(readingOf(mesh, question)),
    close: () => Promise.resolve(),
  };
}

function readingOf(mesh: SimulatedMesh, question: MetricQuestion): Reading {
  if (mesh.metricsFault === 'down') {
    return error(`the metrics of simulated cluster "${mesh.cluster}" are switched off`);
  }
  if (mesh.metricsFault !== undefined) return { kind: mesh.metricsFault };
  if (question.query.kind === 'promql') {
    return error(
      `simulated cluster "${mesh.cluster}" cannot evaluate PromQL; measure requestSuccessRate or requestLatency, or connect a Prometheus`,
    );
  }
  const candidate = sampleOf(mesh, question, question.candidate);
  if (candidate === undefined) return { kind: 'empty' };
  const stable = sampleOf(mesh, question, question.stable);
  return { kind: 'value', candidate, ...(stable && { stable }) };
}

function sampleOf(
  mesh: SimulatedMesh,
  { query, service, at, window }: MetricQuestion,
  version: Version,
): Sample | undefined {
  const from = instant(at - window);
  const { requests, errors } = answered(mesh.requests(service, from, at), version);
  if (requests === 0) return undefined;
  if (query.kind !== 'requestLatency') return { value: 100 * (1 - errors / requests), requests };
  const latencies = mesh.latencies(service, version, from, at);
  return { value: quantileOf(latencies, query.quantile), requests };
}

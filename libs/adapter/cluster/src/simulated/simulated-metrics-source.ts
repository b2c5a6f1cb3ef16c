import type { MetricQuestion, MetricsSource } from '@spillway/application';
import type { Reading, Sample } from '@spillway/domain-analysis';
import { instant, type Version } from '@spillway/kernel';
import { answered } from './burst.js';
import { istioBuckets, quantileOf } from './latency.js';
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
  const { query } = question;
  switch (query.kind) {
    case 'requestSuccessRate':
      return compare(question, (version) => successRateOf(mesh, question, version));
    case 'requestLatency':
      return compare(question, (version) => latencyOf(mesh, question, version, query.quantile));
    case 'promql':
      return error(
        `simulated cluster "${mesh.cluster}" cannot evaluate PromQL; measure requestSuccessRate or requestLatency, or connect a Prometheus`,
      );
    case 'source':
    case 'sourceCounts':
    case 'pushed':
      return error(`simulated cluster "${mesh.cluster}" is not asked for ${query.kind}`);
  }
}

function compare(
  { candidate, stable }: MetricQuestion,
  sampleOf: (version: Version) => Sample | undefined,
): Reading {
  const [ofCandidate, ofStable] = [sampleOf(candidate), sampleOf(stable)];
  if (ofCandidate === undefined) return { kind: 'empty' };
  return { kind: 'value', candidate: ofCandidate, ...(ofStable && { stable: ofStable }) };
}

function successRateOf(
  mesh: SimulatedMesh,
  { service, at, window }: MetricQuestion,
  version: Version,
): Sample | undefined {
  const { requests, errors } = answered(mesh.requests(service, instant(at - window), at), version);
  if (requests === 0) return undefined;
  return { value: 100 * (1 - errors / requests), requests, errors };
}

function latencyOf(
  mesh: SimulatedMesh,
  { service, at, window }: MetricQuestion,
  version: Version,
  quantile: number,
): Sample | undefined {
  const counts = mesh.latencies(service, version, instant(at - window), at);
  const requests = counts.reduce((sum, count) => sum + count, 0);
  if (requests === 0) return undefined;
  const value = quantileOf(counts, quantile);
  return { value, requests, histogram: { upperBounds: istioBuckets, counts } };
}

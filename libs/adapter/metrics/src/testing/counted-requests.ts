import { parseDuration } from '@spillway/kernel';
import { vector, type Reply, type SeenQuery } from './loopback-prometheus.js';

/** Requests that came in at one moment. */
export interface CountedRequests {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly host: string;
  readonly version: string;
  readonly responseCode: string;
  readonly latencyMs: number;
  readonly count: number;
}

const bounds = [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];

/**
 * Answers the two queries that Spillway asks of Istio's metrics from counted
 * requests, as a Prometheus would that scrapes without end. Everything else is
 * `bad_data`: this evaluates no PromQL.
 */
export function answerFrom(
  counted: readonly CountedRequests[],
  { promql, time }: SeenQuery,
): Reply {
  const [, metric, window] =
    /\(increase\((\w+)\{reporter="source"\}\[(\w+)\]\)\)$/.exec(promql) ?? [];
  const length = parseDuration(window ?? '');
  if (length === undefined) {
    return { status: 400, body: { status: 'error', errorType: 'bad_data', error: 'parse error' } };
  }
  const to = Number(time) * 1_000;
  const inWindow = counted.filter(({ at }) => at > to - length && at <= to);
  const series =
    metric === 'istio_requests_total' ? inWindow.map(byCode) : inWindow.flatMap(byBucket);
  return { body: vector(...sumByLabels(series)) };
}

type Counted = readonly [labels: Readonly<Record<string, string>>, count: number];

const labelsOf = ({ host, version }: CountedRequests): Readonly<Record<string, string>> => ({
  destination_service: host,
  destination_version: version,
  destination_canonical_revision: version,
});

const byCode = (requests: CountedRequests): Counted => [
  { ...labelsOf(requests), response_code: requests.responseCode },
  requests.count,
];

const byBucket = (requests: CountedRequests): readonly Counted[] =>
  [...bounds, Infinity].map((bound) => [
    { ...labelsOf(requests), le: bound === Infinity ? '+Inf' : String(bound) },
    requests.latencyMs <= bound ? requests.count : 0,
  ]);

function sumByLabels(series: readonly Counted[]): (readonly [Counted[0], string])[] {
  const sums = new Map<string, Counted>();
  for (const [labels, count] of series) {
    const key = JSON.stringify(labels);
    sums.set(key, [labels, (sums.get(key)?.[1] ?? 0) + count]);
  }
  return [...sums.values()].map(([labels, count]) => [labels, String(count)]);
}

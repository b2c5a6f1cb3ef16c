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
 * `bad_data`: this evaluates no PromQL. What a real one makes of the queries is
 * tested with a real one.
 */
export function answerFrom(counted: readonly CountedRequests[], query: SeenQuery): Reply {
  const asked = readQuery(query);
  if (asked === undefined) {
    return { status: 400, body: { status: 'error', errorType: 'bad_data', error: 'parse error' } };
  }
  const { metric, hosts, from, to } = asked;
  const inWindow = counted.filter(({ at, host }) => at > from && at <= to && hosts.test(host));
  const series =
    metric === 'istio_requests_total' ? inWindow.map(byCode) : inWindow.flatMap(byBucket);
  return { body: vector(...sumByLabels(series)) };
}

interface Asked {
  readonly metric: string;
  readonly hosts: RegExp;
  readonly from: number;
  readonly to: number;
}

/** The window is a millisecond longer than the range of the subquery; an offset moves its end back from `time`. */
function readQuery({ promql, time }: SeenQuery): Asked | undefined {
  const [, metric, hosts = '.*', late = '0s'] =
    /last_over_time\((\w+)\{reporter="source"(?:,destination_service=~"([^"]*)")?\}\[\w+\](?: offset (\w+))?\)/.exec(
      promql,
    ) ?? [];
  const [, range = ''] = /\)\[(\w+):\w+\]\)\) \* /.exec(promql) ?? [];
  const [length, behind] = [parseDuration(range), parseDuration(late)];
  if (metric === undefined || length === undefined || behind === undefined) return undefined;
  const to = Number(time) * 1_000 - behind;
  const from = to - length - 1;
  return { metric, hosts: new RegExp(`^(?:${hosts.replaceAll('\\\\', '\\')})$`), from, to };
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

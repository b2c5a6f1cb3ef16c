import { durationBounds, type AnswerSeries } from './answer-counts.js';
import { passthrough } from './clusters.js';
import type { Proxy } from './proxy.js';
import type { Upstreams } from './upstreams.js';
import { appOf, revisionOf, versionOf, type Workload } from './workload.js';

type Labels = Readonly<Record<string, string | number>>;

const requests = 'istio_requests_total';
const duration = 'istio_request_duration_milliseconds';

/** A series in Prometheus' notation, and a count to add to it. */
export type Counted = readonly [series: string, value: number];

/** What a proxy counted, told as Istio tells it: by workload, not by address. */
export async function sourceMetrics(
  proxy: Proxy,
  upstreams: Upstreams,
): Promise<readonly Counted[]> {
  const page = await proxy.ask('/stats/prometheus?filter=^mesh\\.');
  const { kind, namespace, labels } = proxy.identity;
  const source: Labels = {
    reporter: 'source',
    source_workload: labels['app'] ?? labels['istio'] ?? kind,
    source_workload_namespace: namespace,
  };
  return page.split('\n').flatMap((line) => {
    const [, metric = '', text = '', value] = /^envoy_mesh_(\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
    const name = names[metric];
    if (name === undefined) return [];
    const seen = { ...nothing, ...labelsIn(text) };
    const { le } = seen;
    const all = { ...source, ...destination(seen, upstreams), ...(le && { le }) };
    return [series(name, all, Number(value))];
  });
}

type Seen = typeof nothing;
/** The labels that proxies give; see the listener's counters. */
const nothing = {
  cluster: '',
  upstream: '',
  authority: '',
  route: '',
  code: '',
  flags: '',
  grpc: '',
  le: '',
};

const labelsIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, value = '']) => [key, value]),
  );

const names: Readonly<Record<string, string>> = {
  requests,
  duration_bucket: `${duration}_bucket`,
  duration_sum: `${duration}_sum`,
  duration_count: `${duration}_count`,
};

/** Istio's names for hosts that nobody knows, by Envoy's cluster or route. */
const strangers: Readonly<Record<string, string>> = {
  [passthrough]: passthrough,
  block_all: 'BlackHoleCluster',
};

/** What found no cluster is known by its Host only; what found no Pod has a service and no version. */
function destination(seen: Seen, upstreams: Upstreams): Labels {
  const host = seen.cluster.split('|')[3] ?? seen.authority.replace(/:\d+$/, '');
  const stranger = strangers[seen.cluster] ?? strangers[seen.route];
  const workload = upstreams.at(Number(seen.upstream.split(':')[1]));
  return {
    ...serviceLabels(host, stranger),
    ...workloadLabels(stranger === undefined ? workload : undefined),
    request_protocol: seen.grpc ? 'grpc' : 'http',
    response_code: seen.code,
    grpc_response_status: seen.grpc,
    response_flags: seen.flags,
  };
}

function serviceLabels(host: string, name = serviceName(host)): Labels {
  const [, namespace = 'unknown', svc] = host.split('.');
  return {
    destination_service: host,
    destination_service_name: name,
    destination_service_namespace: svc === 'svc' ? namespace : 'unknown',
  };
}

const serviceName = (host: string): string =>
  /\.svc\./.test(host) ? (host.split('.')[0] ?? host) : host;

const workloadLabels = (workload: Workload | undefined): Labels => ({
  destination_workload: workload ? `${appOf(workload)}-${versionOf(workload)}` : 'unknown',
  destination_workload_namespace: workload?.namespace ?? 'unknown',
  destination_version: workload ? versionOf(workload) : 'unknown',
  destination_canonical_revision: workload ? revisionOf(workload) : 'latest',
});

/** What Pods counted: mirrored requests are in it, and what never arrived is not. */
export function* destinationMetrics(upstreams: Upstreams): Generator<Counted> {
  for (const one of upstreams.counts.all()) {
    const labels = {
      reporter: 'destination',
      ...serviceLabels(`${appOf(one.workload)}.${one.workload.namespace}.svc.cluster.local`),
      ...workloadLabels(one.workload),
      request_protocol: one.grpcStatus ? 'grpc' : 'http',
      response_code: one.code,
      grpc_response_status: one.grpcStatus,
      response_flags: '-',
      pod: one.workload.name,
      request_method: one.method,
    };
    yield series(requests, labels, one.count);
    yield* histogram(one, labels);
  }
}

function* histogram({ buckets, sumMs, count }: AnswerSeries, labels: Labels): Generator<Counted> {
  let sum = 0;
  for (const [i, n] of buckets.entries()) {
    sum += n;
    yield series(`${duration}_bucket`, { ...labels, le: durationBounds[i] ?? '+Inf' }, sum);
  }
  yield series(`${duration}_sum`, labels, sumMs);
  yield series(`${duration}_count`, labels, count);
}

function series(name: string, labels: Labels, value: number): Counted {
  const text = Object.entries(labels).map(([label, of]) => `${label}="${of}"`);
  return [`${name}{${text.join(',')}}`, value];
}

import type { MeshService } from '@spillway/domain-istio';
import type { Series } from './answer.js';
import { exactIncrease, type IncreaseQuestion, type InstantQuery } from './exact-increase.js';
import type { PrometheusConnection } from './prometheus-client.js';

/**
 * Istio has two labels that tell versions apart: `destination_version` is the
 * pod label `version`; `destination_canonical_revision` is the first of the pod
 * labels below that is there. A subset's name is in no metric.
 */
const metricLabels: Readonly<Record<string, string>> = {
  version: 'destination_version',
  'app.kubernetes.io/version': 'destination_canonical_revision',
  'service.istio.io/canonical-revision': 'destination_canonical_revision',
};

/** The label of Istio's metrics that has a service's versions; `undefined` when there is none. */
export const metricLabelOf = ({ versionLabel }: MeshService): string | undefined =>
  metricLabels[versionLabel];

export const knownVersionLabels = Object.keys(metricLabels);

/** Carries the service's full host name. */
export const hostLabel = 'destination_service';

const grouping = [hostLabel, ...new Set(Object.values(metricLabels))];

/** Whose requests are counted, by whom, and when. */
export interface CountQuestion extends Omit<IncreaseQuestion, 'series' | 'by'> {
  readonly reporter: PrometheusConnection['reporter'];
  /** Absent: all services of the mesh. */
  readonly hosts?: readonly string[];
}

/** How many requests each service got, by version and outcome. */
export const requestsQuery = (question: CountQuestion): InstantQuery =>
  countQuery('istio_requests_total', ['response_code', 'grpc_response_status'], question);

/** The same, by latency. */
export const latencyQuery = (question: CountQuestion): InstantQuery =>
  countQuery('istio_request_duration_milliseconds_bucket', ['le'], question);

function countQuery(
  counter: string,
  by: readonly string[],
  { reporter, hosts, ...when }: CountQuestion,
): InstantQuery {
  const matchers = [`reporter="${reporter}"`, ...(hosts === undefined ? [] : [among(hosts)])];
  const series = `${counter}{${matchers.join(',')}}`;
  return exactIncrease({ ...when, series, by: [...grouping, ...by] });
}

/**
 * Prometheus looks a list of plain names up without matching. What is no host name cannot end the
 * quotes, for any one character stands for it.
 */
const among = (hosts: readonly string[]): string =>
  `${hostLabel}=~"${hosts
    .toSorted()
    .map((host) => host.replaceAll(/[^\w-]/g, (sign) => (sign === '.' ? String.raw`\\.` : '.')))
    .join('|')}"`;

/** gRPC statuses that google.rpc.Code maps to 5xx: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS. */
const failedGrpc = new Set(['2', '4', '12', '13', '14', '15']);

/**
 * Whether the requests of a series failed by the service's fault.
 *
 * 5xx is failure. So is 0: no answer was sent before the caller went away,
 * which is how a version that hangs shows itself; counted as success it would
 * look perfect. gRPC answers 200 and says the outcome in its own status. 4xx
 * and its like in gRPC are the caller's fault.
 */
export function isFailed({ labels }: Series): boolean {
  const code = labels['response_code'] ?? '';
  return /^(?:5..|0)$/.test(code) || failedGrpc.has(labels['grpc_response_status'] ?? '');
}

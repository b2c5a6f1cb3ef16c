import { formatDuration, type Duration } from '@spillway/kernel';
import type { MeshService } from '@spillway/domain-istio';
import type { Series } from './answer.js';
import type { PrometheusConnection } from './prometheus-client.js';

type Reporter = PrometheusConnection['reporter'];

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

/**
 * How many requests all services of the mesh got, by version and outcome.
 * `increase` extrapolates to the window's edges, so counts are not whole; it
 * needs two scrapes in the window, and does not see what a new series counted
 * before its first scrape.
 */
export const requestsQuery = (reporter: Reporter, window: Duration): string =>
  increase('istio_requests_total', ['response_code', 'grpc_response_status'], reporter, window);

/** The same, by latency. */
export const latencyQuery = (reporter: Reporter, window: Duration): string =>
  increase('istio_request_duration_milliseconds_bucket', ['le'], reporter, window);

const increase = (
  metric: string,
  by: readonly string[],
  reporter: Reporter,
  window: Duration,
): string =>
  `sum by (${[...grouping, ...by].join(', ')}) ` +
  `(increase(${metric}{reporter="${reporter}"}[${formatDuration(window)}]))`;

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

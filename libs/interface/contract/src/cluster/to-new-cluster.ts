import type {
  ClusterConnection,
  MetricsConnection,
  NewCluster,
  PrometheusAuth,
} from '@spillway/application';
import { clusterName, ok, type Refusal, type Result } from '@spillway/kernel';
import { parse } from '../schema/parse.js';
import { toDuration } from '../schema/scalars.js';
import { clusterDocument, type ParsedCluster } from './cluster-document.js';
import { toProxyAccess } from './proxies-document.js';

/** A cluster document, as it came, to what `putCluster` takes. */
export function toNewCluster(input: unknown): Result<NewCluster, Refusal> {
  const parsed = parse(clusterDocument, input);
  if (!parsed.ok) return parsed;
  const { name, labels, connection, metrics, proxies } = parsed.value;
  return ok({
    name: clusterName(name),
    labels,
    connection: toConnection(connection),
    metrics: toMetrics(metrics),
    ...(proxies === undefined ? {} : { proxies: toProxyAccess(proxies) }),
  });
}

function toConnection(connection: ParsedCluster['connection']): ClusterConnection {
  if ('inCluster' in connection) return { kind: 'inCluster' };
  if ('simulated' in connection) return { kind: 'simulated', seed: connection.simulated.seed };
  const { kubeconfig, context } = connection;
  return { kind: 'kubeconfig', kubeconfig, ...(context === undefined ? {} : { context }) };
}

type ParsedMetrics = ParsedCluster['metrics'];
type ParsedPrometheus = Extract<ParsedMetrics, { prometheus: unknown }>['prometheus'];

function toMetrics(metrics: ParsedMetrics): MetricsConnection {
  if ('none' in metrics) return { kind: 'none' };
  if ('simulated' in metrics) return { kind: 'simulated' };
  const { url, caCertificate, timeout, reporter, scrapeInterval, lag } = metrics.prometheus;
  return {
    kind: 'prometheus',
    url,
    auth: toAuth(metrics.prometheus),
    ...(caCertificate === undefined ? {} : { caCertificate }),
    timeoutMs: toDuration(timeout),
    reporter,
    scrapeIntervalMs: toDuration(scrapeInterval),
    lagMs: toDuration(lag),
  };
}

function toAuth({ bearerToken, basic }: ParsedPrometheus): PrometheusAuth {
  if (bearerToken !== undefined) return { kind: 'bearer', token: bearerToken };
  return basic === undefined ? { kind: 'none' } : { kind: 'basic', ...basic };
}

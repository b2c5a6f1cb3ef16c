import type { Json } from './clusters.js';
import { configFile, loopback } from './envoy-bootstrap.js';
import { httpFilters } from './http-filters.js';
import type { Listener } from './proxy-config.js';

export interface Bound {
  readonly port: number;
  /** Of an HTTP listener's routes. */
  readonly routesFile: string;
}

/** Envoy's Listener. */
export function envoyListener(listener: Listener, { port, routesFile }: Bound): Json {
  const base = {
    '@type': 'type.googleapis.com/envoy.config.listener.v3.Listener',
    name: listener.name,
    address: loopback(port),
  };
  if (listener.kind === 'http') {
    return { ...base, filter_chains: [{ filters: [httpManager(listener.routes, routesFile)] }] };
  }
  return {
    ...base,
    listener_filters: listener.chains.some((chain) => 'filter_chain_match' in chain)
      ? [tlsInspector]
      : [],
    filter_chains: listener.chains,
    ...(listener.otherwise && { default_filter_chain: listener.otherwise }),
  };
}

const tlsInspector: Json = {
  name: 'envoy.filters.listener.tls_inspector',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
  },
};

const httpManager = (routes: string, routesFile: string): Json => ({
  name: 'envoy.filters.network.http_connection_manager',
  typed_config: {
    '@type':
      'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stat_prefix: `http_${routes}`,
    rds: { route_config_name: routes, config_source: configFile(routesFile) },
    normalize_path: true,
    stream_idle_timeout: '0s',
    upgrade_configs: [{ upgrade_type: 'websocket' }],
    http_filters: httpFilters,
    access_log: [requestCounts],
  },
});

const tags = (formats: Readonly<Record<string, string>>): readonly Json[] =>
  Object.entries(formats).map(([name, value_format]) => ({ name, value_format }));

/** What tells series apart. */
const labels = tags({
  cluster: '%UPSTREAM_CLUSTER_RAW%',
  upstream: '%UPSTREAM_HOST%',
  code: '%RESPONSE_CODE%',
  flags: '%RESPONSE_FLAGS%',
  grpc: '%GRPC_STATUS_NUMBER%',
  authority: '%REQ(:AUTHORITY)%',
  route: '%ROUTE_NAME%',
});

/**
 * Envoy's own counters, taken where Istio's stats filter takes them: at the end
 * of a request. A cluster's counters would have copies of mirrored requests in
 * them, and none that found no cluster.
 */
const requestCounts: Json = {
  name: 'envoy.access_loggers.stats',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.access_loggers.stats.v3.Config',
    stats_scope: { prefix: 'mesh' },
    counters: [{ stat: { name: 'requests', tags: labels }, value_fixed: 1 }],
    histograms: [
      {
        stat: { name: 'duration', tags: labels },
        unit: 'Milliseconds',
        value_format: '%DURATION%',
      },
    ],
  },
};

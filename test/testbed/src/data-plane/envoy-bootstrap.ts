import { durationBounds } from './answer-counts.js';
import type { Json } from './clusters.js';

/** A file that Envoy reads again whenever another takes its name. */
export const configFile = (path: string): Json => ({
  path_config_source: { path },
  resource_api_version: 'V3',
});

export interface BootstrapOptions {
  readonly id: string;
  readonly adminPort: number;
  readonly clusters: string;
  readonly listeners: string;
}

export const bootstrap = ({ id, adminPort, clusters, listeners }: BootstrapOptions): Json => ({
  node: { id, cluster: id },
  admin: { address: loopback(adminPort) },
  stats_flush_interval: '1s',
  stats_config: {
    histogram_bucket_settings: [{ match: { prefix: 'mesh.' }, buckets: durationBounds }],
  },
  dynamic_resources: { cds_config: configFile(clusters), lds_config: configFile(listeners) },
  layered_runtime: {
    layers: [
      // Istio's own limit for a pattern; Envoy's is far lower.
      { name: 'static', static_layer: { 're2.max_program_size.error_level': 32_768 } },
    ],
  },
});

export const loopback = (port: number): Json => ({
  socket_address: { address: '127.0.0.1', port_value: port },
});

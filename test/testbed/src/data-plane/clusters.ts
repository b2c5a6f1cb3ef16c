import { trafficPolicyOf } from './destination-rules.js';
import type { Subset, TrafficPolicy } from './istio-objects.js';
import type { MeshView } from './mesh-view.js';
import { carries, clusterName, seconds } from './names.js';
import type { Protocol } from './protocol.js';
import type { Endpoint, MeshService, ServicePort } from './registry.js';
import type { Workload } from './workload.js';

export type Json = Readonly<Record<string, unknown>>;

/** The loopback port where a workload is played. */
export type PortOf = (workload: Workload, protocol: Protocol) => number;

/** Where hosts go that nobody knows, as long as that is allowed. */
export const passthrough = 'PassthroughCluster';
/** The same for what is not HTTP; only because whoever plays the world does not tell them apart. */
export const passthroughTcp = 'PassthroughCluster.tcp';
export const outside: Workload = {
  id: 'outside/passthrough',
  name: 'passthrough',
  namespace: 'unknown',
  labels: { app: 'passthrough', version: 'passthrough' },
};

/** One cluster for each port of each service, and one more for each subset. */
export function clustersFor(view: MeshView, portOf: PortOf): readonly Json[] {
  const known = view.services.flatMap((service) =>
    service.ports.flatMap((port) => {
      const policy = view.policy(service.host);
      const all: readonly (Subset | undefined)[] = [undefined, ...(policy?.subsets ?? [])];
      return all.map((subset) => {
        const traffic = trafficPolicyOf(policy, subset);
        return cluster({ service, port, subset, traffic, portOf });
      });
    }),
  );
  const world = (name: string, protocol: Protocol): Json =>
    base(name, [{ address: '127.0.0.1', port: portOf(outside, protocol) }]);
  return [...known, world(passthrough, 'http'), world(passthroughTcp, 'tcp')];
}

interface ClusterOf {
  readonly service: MeshService;
  readonly port: ServicePort;
  readonly subset: Subset | undefined;
  readonly traffic: TrafficPolicy;
  readonly portOf: PortOf;
}

function cluster({ service, port, subset, traffic, portOf }: ClusterOf): Json {
  const sockets = service.endpoints
    .filter(({ labels }) => carries(labels, subset?.labels))
    .map((endpoint) => socketOf(endpoint, port, portOf));
  return {
    ...base(clusterName(port.number, subset?.name, service.host), sockets),
    ...balancing(traffic),
    ...ejection(traffic),
    ...(port.protocol === 'http2' && { typed_extension_protocol_options: http2Only }),
    // Without it Envoy routes to Pods that it ejected as soon as half are gone; Istio never does.
    common_lb_config: { healthy_panic_threshold: { value: 0 } },
  };
}

interface Socket {
  readonly address: string;
  readonly port: number;
}

function socketOf({ at }: Endpoint, port: ServicePort, portOf: PortOf): Socket {
  if ('id' in at) return { address: '127.0.0.1', port: portOf(at, port.protocol) };
  return { address: at.address, port: at.ports[port.name] ?? port.number };
}

const base = (name: string, sockets: readonly Socket[]): Json => ({
  '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
  name,
  type: 'STATIC',
  connect_timeout: '10s',
  load_assignment: {
    cluster_name: name,
    endpoints: [
      {
        lb_endpoints: sockets.map(({ address, port }) => ({
          endpoint: { address: { socket_address: { address, port_value: port } } },
        })),
      },
    ],
  },
});

const http2Only: Json = {
  'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
    '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
    explicit_http_config: { http2_protocol_options: {} },
  },
};

const balancers: Readonly<Record<string, string>> = {
  ROUND_ROBIN: 'ROUND_ROBIN',
  RANDOM: 'RANDOM',
  LEAST_REQUEST: 'LEAST_REQUEST',
};

function balancing({ loadBalancer }: TrafficPolicy): Json {
  if (loadBalancer?.consistentHash) return { lb_policy: 'RING_HASH' };
  return { lb_policy: balancers[loadBalancer?.simple ?? ''] ?? 'LEAST_REQUEST' };
}

function ejection({ outlierDetection }: TrafficPolicy): Json {
  if (outlierDetection === undefined) return {};
  const { consecutive5xxErrors = 5, maxEjectionPercent = 10 } = outlierDetection;
  return {
    outlier_detection: {
      consecutive_5xx: consecutive5xxErrors,
      interval: seconds(outlierDetection.interval ?? '10s'),
      base_ejection_time: seconds(outlierDetection.baseEjectionTime ?? '30s'),
      max_ejection_percent: maxEjectionPercent,
    },
  };
}

import { clustersFor, type Json, type PortOf } from './clusters.js';
import { gatewayHosts, isPlainHttp, serversOf } from './gateway-hosts.js';
import type { MeshView } from './mesh-view.js';
import { httpPortsOf, sidecarHosts } from './sidecar-hosts.js';
import { gatewayChains, tcpChain, tlsChains, unknownChain } from './stream-chains.js';

/** What a proxy listens for. Its name is what `Proxy.port` is asked for. */
export type Listener =
  | { readonly name: string; readonly kind: 'http'; readonly routes: string }
  | {
      readonly name: string;
      readonly kind: 'stream';
      readonly chains: readonly Json[];
      readonly otherwise: Json | undefined;
    };

export interface ProxyConfig {
  readonly clusters: readonly Json[];
  /** By name, Envoy's RouteConfigurations. */
  readonly routes: ReadonlyMap<string, Json>;
  readonly listeners: readonly Listener[];
}

export function proxyConfig(view: MeshView, portOf: PortOf): ProxyConfig {
  const isGateway = view.proxy.kind === 'gateway';
  const ports = isGateway ? gatewayHttpPorts(view) : httpPortsOf(view);
  const hosts = isGateway ? gatewayHosts : sidecarHosts;
  const routes = new Map(ports.map((port) => [`${port}`, routeConfig(port, hosts(view, port))]));
  const http = ports.map((port): Listener => ({
    name: `${port}`,
    kind: 'http',
    routes: `${port}`,
  }));
  const streams = isGateway ? gatewayStreams(view) : sidecarStreams(view);
  return { clusters: clustersFor(view, portOf), routes, listeners: [...http, ...streams] };
}

const routeConfig = (port: number, virtual_hosts: readonly Json[]): Json => ({
  '@type': 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
  name: `${port}`,
  virtual_hosts,
  ignore_port_in_host_matching: true,
});

/** 80 is there before any Gateway is, so that a test can ask what comes of that. */
const gatewayHttpPorts = (view: MeshView): readonly number[] => [
  ...new Set([
    80,
    ...serversOf(view)
      .filter(isPlainHttp)
      .map(({ port }) => port.number),
  ]),
];

function gatewayStreams(view: MeshView): readonly Listener[] {
  return serversOf(view)
    .filter((server) => !isPlainHttp(server))
    .map((server): Listener => ({
      name: `${server.port.number}`,
      kind: 'stream',
      chains: gatewayChains(server, view),
      otherwise: undefined,
    }))
    .filter((listener) => listener.kind === 'stream' && listener.chains.length > 0);
}

/** Without addresses of their own, TCP services are told apart by a listener each. */
function sidecarStreams(view: MeshView): readonly Listener[] {
  const of = (protocol: string) =>
    view.services.flatMap((service) =>
      service.ports
        .filter((port) => port.protocol === protocol)
        .map(({ number }) => ({ service, number })),
    );
  const tls = of('tls');
  const tlsPorts = [...new Set(tls.map(({ number }) => number))];
  return [
    ...of('tcp').map(({ service, number }): Listener => ({
      name: `${service.host}:${number}`,
      kind: 'stream',
      chains: [tcpChain(service, view, number)],
      otherwise: undefined,
    })),
    ...tlsPorts.map((port): Listener => {
      const services = tls.filter(({ number }) => number === port).map(({ service }) => service);
      const chains = tlsChains(services, view, port);
      return { name: `tls:${port}`, kind: 'stream', chains, otherwise: unknownChain(view) };
    }),
  ];
}

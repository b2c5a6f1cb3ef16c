import { passthroughTcp, type Json } from './clusters.js';
import { destinationCluster, weighted } from './destinations.js';
import { commonHosts, type BoundServer } from './gateway-hosts.js';
import { isFor, type Place } from './http-match.js';
import type { StreamRule } from './istio-objects.js';
import type { MeshView } from './mesh-view.js';
import { clusterName } from './names.js';
import type { MeshService } from './registry.js';
import { candidates } from './sidecar-hosts.js';

/** TCP of one service: the first rule that is for this proxy and port, else the service itself. */
export function tcpChain(service: MeshService, view: MeshView, port: number): Json {
  const place = { proxy: view.proxy, gateway: 'mesh', port };
  const rules = candidates(service.host, view).flatMap(({ tcp }) => tcp);
  const rule = rules.find((one) => isRuleFor(one, place));
  const target = rule
    ? streamTarget(rule, view, port)
    : { cluster: clusterName(port, undefined, service.host) };
  return chain(target);
}

/** TLS of all services on one port, told apart by the name that the client says. */
export function tlsChains(
  services: readonly MeshService[],
  view: MeshView,
  port: number,
): readonly Json[] {
  const place = { proxy: view.proxy, gateway: 'mesh', port };
  const routed = services.flatMap(({ host }) =>
    candidates(host, view).flatMap(({ tls }) => sniChains(tls, view, place)),
  );
  const direct = services.map(({ host }) => ({
    names: [host],
    target: { cluster: clusterName(port, undefined, host) },
  }));
  return bySni([...routed, ...direct]);
}

/** TCP, or TLS that is passed through, of one server of a Gateway. */
export function gatewayChains(server: BoundServer, view: MeshView): readonly Json[] {
  const { gateway, port } = server;
  const place = { proxy: view.proxy, gateway, port: port.number };
  const bound = view.virtualServices.filter((of) => commonHosts(server, of).length > 0);
  if (port.protocol.toUpperCase() !== 'TCP') {
    return bySni(bound.flatMap(({ tls }) => sniChains(tls, view, place)));
  }
  const rule = bound.flatMap(({ tcp }) => tcp).find((one) => isRuleFor(one, place));
  return rule ? [chain(streamTarget(rule, view, port.number))] : [];
}

/** What nobody knows: let through, or cut off. */
export const unknownChain = ({ registryOnly }: MeshView): Json =>
  registryOnly ? { filters: [] } : chain({ cluster: passthroughTcp });

const isRuleFor = ({ match = [] }: StreamRule, place: Place): boolean =>
  match.length === 0 || match.some((one) => isFor(one, place));

interface SniChain {
  readonly names: readonly string[];
  readonly target: Json;
}

const sniChains = (
  rules: readonly StreamRule[],
  view: MeshView,
  place: Place,
): readonly SniChain[] =>
  rules.flatMap((rule) =>
    (rule.match ?? [])
      .filter((match) => isFor(match, place))
      .map(({ sniHosts = [] }) => ({
        names: sniHosts,
        target: streamTarget(rule, view, place.port),
      })),
  );

/** Envoy refuses two chains for one name; the first has it. */
function bySni(chains: readonly SniChain[]): readonly Json[] {
  const taken = new Set<string>();
  return chains.flatMap(({ names, target }) => {
    const free = names.filter((name) => !taken.has(name));
    for (const name of free) taken.add(name);
    return free.length === 0
      ? []
      : [{ ...chain(target), filter_chain_match: { server_names: free } }];
  });
}

function streamTarget({ route = [] }: StreamRule, view: MeshView, port: number): Json {
  const [single] = route;
  if (single !== undefined && route.length === 1) {
    return { cluster: destinationCluster(single.destination, view, port) };
  }
  const clusters = weighted(route, view, port).map(({ name, weight }) => ({ name, weight }));
  return { weighted_clusters: { clusters } };
}

const chain = (target: Json): Json => ({
  filters: [
    {
      name: 'envoy.filters.network.tcp_proxy',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
        stat_prefix: 'tcp',
        ...target,
      },
    },
  ],
});

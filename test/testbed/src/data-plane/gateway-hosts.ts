import type { Json } from './clusters.js';
import { compileRoutes, type CompiledRoute } from './http-routes.js';
import {
  byAge,
  namespaceOf,
  specOf,
  type GatewayServer,
  type GatewaySpec,
} from './istio-objects.js';
import type { MeshView } from './mesh-view.js';
import { carries, narrower } from './names.js';
import type { VirtualService } from './virtual-services.js';

/** A server of a Gateway object that selects the proxy. */
export interface BoundServer extends GatewayServer {
  /** `ns/name` of its Gateway. */
  readonly gateway: string;
  readonly namespace: string;
}

export function serversOf({ gateways, proxy }: MeshView): readonly BoundServer[] {
  return gateways.toSorted(byAge).flatMap((object) => {
    const { selector, servers = [] } = specOf<GatewaySpec>(object);
    const namespace = namespaceOf(object);
    const gateway = `${namespace}/${object.metadata.name}`;
    return carries(proxy.labels, selector)
      ? servers.map((server) => ({ ...server, gateway, namespace }))
      : [];
  });
}

export const isPlainHttp = ({ port }: BoundServer): boolean =>
  ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB'].includes(port.protocol.toUpperCase());

/** The hosts that a server and a VirtualService have in common; `ns/` before a server's host says whose it may be. */
export function commonHosts(
  server: BoundServer,
  of: Pick<VirtualService, 'hosts' | 'namespace' | 'gateways'>,
): readonly string[] {
  if (!of.gateways.includes(server.gateway)) return [];
  const patterns = server.hosts.flatMap((host) => {
    const [from, pattern] = host.includes('/') ? host.split('/') : ['*', host];
    const namespace = from === '.' ? server.namespace : from;
    return pattern && (namespace === '*' || namespace === of.namespace) ? [pattern] : [];
  });
  const common = patterns.flatMap((pattern) =>
    of.hosts.flatMap((host) => narrower(host, pattern.toLowerCase()) ?? []),
  );
  return [...new Set(common)];
}

/** Envoy's virtual hosts of one port: all VirtualServices of a host in one, catch-alls at its end. */
export function gatewayHosts(view: MeshView, port: number): readonly Json[] {
  const byHost = new Map<string, { routes: CompiledRoute[]; redirect: boolean }>();
  const servers = serversOf(view).filter((one) => isPlainHttp(one) && one.port.number === port);
  for (const server of servers) {
    const place = { proxy: view.proxy, gateway: server.gateway, port };
    for (const of of view.virtualServices) {
      for (const host of commonHosts(server, of)) {
        const redirect = server.tls?.httpsRedirect === true;
        const entry = byHost.get(host) ?? { routes: [], redirect };
        byHost.set(host, entry);
        entry.routes.push(...compileRoutes(of, view, place));
      }
    }
  }
  return [...byHost].map(([host, { routes, redirect }]) => ({
    name: `${host}:${port}`,
    domains: [host],
    routes: catchAllsLast(routes),
    ...(redirect && { require_tls: 'ALL' }),
  }));
}

const catchAllsLast = (routes: readonly CompiledRoute[]): readonly Json[] =>
  routes.toSorted((a, b) => Number(a.isCatchAll) - Number(b.isCatchAll)).map(({ route }) => route);

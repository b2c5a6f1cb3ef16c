import { compile, routesIn } from './compile.js';
import type { CompiledItem } from './compile.js';
import { commonHosts } from './host-match.js';
import type { KnownMesh } from './known-mesh.js';
import { label } from './mesh.js';
import type { Proxy } from './proxy.js';
import type { Gateway, Server } from './read/gateway.js';
import type { VirtualService } from './read/virtual-service.js';
import { visibleServices, visibleVirtualServices } from './registry.js';
import type { VirtualHost } from './virtual-host.js';

/** A server together with the Gateway that VirtualServices bind to. */
export interface BoundServer {
  readonly gateway: Gateway;
  readonly server: Server;
}

export const serversAt = ({ gateways = [] }: Proxy, port: number): readonly BoundServer[] =>
  gateways.flatMap((gateway) =>
    gateway.servers.filter((server) => server.port === port).map((server) => ({ gateway, server })),
  );

/** Hosts of a server that a VirtualService of this namespace may bind to. */
export const hostsFor = ({ hosts }: Server, namespace: string): readonly string[] =>
  hosts
    .filter((entry) => entry.namespace === '*' || entry.namespace === namespace)
    .map(({ host }) => host);

interface Growing {
  readonly items: CompiledItem[];
  readonly because: string[];
  requiresTls: boolean;
}

/**
 * Unlike sidecars, gateways put the routes of all VirtualServices for a name one
 * after another, then move those that take everything to the end (istio §3.3).
 */
export function gatewayHosts(
  mesh: KnownMesh,
  proxy: Proxy,
  servers: readonly BoundServer[],
): readonly VirtualHost[] {
  const hosts = new Map<string, Growing>();
  const at = (host: string): Growing => {
    const growing = hosts.get(host) ?? { items: [], because: [], requiresTls: false };
    hosts.set(host, growing);
    return growing;
  };
  for (const bound of servers) {
    const common = bindings(mesh, proxy, bound);
    for (const { host, virtualService, items } of common) {
      at(host).items.push(...items);
      at(host).because.push(
        `VirtualService ${label(virtualService)} is bound to Gateway ${label(bound.gateway)} for ${host}.`,
      );
    }
    if (!bound.server.httpsRedirect) continue;
    for (const { host } of [...common, ...bound.server.hosts]) {
      at(host.toLowerCase()).requiresTls = true;
    }
  }
  return [...hosts].map(([host, { items, because, requiresTls }]) => ({
    domains: [host],
    items: catchAllsLast(items),
    because,
    requiresTls,
  }));
}

interface Binding {
  readonly host: string;
  readonly virtualService: VirtualService;
  readonly items: readonly CompiledItem[];
}

function bindings(
  mesh: KnownMesh,
  proxy: Proxy,
  { gateway, server }: BoundServer,
): readonly Binding[] {
  const services = visibleServices(mesh, proxy.namespace);
  const listener = { proxy, port: server.port, gateway: label(gateway) };
  return visibleVirtualServices(mesh, proxy.namespace, label(gateway)).flatMap((virtualService) => {
    const common = commonHosts(hostsFor(server, virtualService.namespace), virtualService.hosts);
    if (common.length === 0) return [];
    const items = compile(virtualService, { ...listener, mesh, services });
    if (routesIn(items).length === 0) return [];
    return common.map((host) => ({ host: host.toLowerCase(), virtualService, items }));
  });
}

const isCatchAll = (item: CompiledItem): boolean => item.sent && item.route.isCatchAll;

const catchAllsLast = (items: readonly CompiledItem[]): readonly CompiledItem[] => [
  ...items.filter((item) => !isCatchAll(item)),
  ...items.filter(isCatchAll),
];

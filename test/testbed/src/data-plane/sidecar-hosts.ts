import { passthrough, type Json } from './clusters.js';
import { compileRoutes, type CompiledRoute } from './http-routes.js';
import type { MeshView } from './mesh-view.js';
import { clusterName, isWithin, specificity } from './names.js';
import { isHttp } from './protocol.js';
import type { MeshService } from './registry.js';
import { retryPolicy } from './retry-policy.js';

/** Where VirtualServices serve whose host no service has. */
const strangersPort = 80;

/** The ports on which a sidecar expects HTTP. */
export function httpPortsOf({ services }: MeshView): readonly number[] {
  const named = services.flatMap(({ ports }) =>
    ports.filter(({ protocol }) => isHttp(protocol)).map(({ number }) => number),
  );
  return [...new Set([strangersPort, ...named])];
}

/** Envoy's virtual hosts of one port: services, then hosts that only VirtualServices know, then the rest of the world. */
export function sidecarHosts(view: MeshView, port: number): readonly Json[] {
  const known = view.services.filter(({ ports }) =>
    ports.some(({ number, protocol }) => number === port && isHttp(protocol)),
  );
  const taken = new Set<string>();
  const host = (name: string, domains: readonly string[], routes: readonly Json[]) => {
    const free = domains.filter((domain) => !taken.has(domain));
    for (const domain of free) taken.add(domain);
    return { name: `${name}:${port}`, domains: free, routes };
  };
  const hosts = [
    ...known.map((service) =>
      host(service.host, domainsOf(service, view), serviceRoutes(service, view, port)),
    ),
    ...(port === strangersPort ? strangers(view) : []).map((name) =>
      host(name, [name], routesOf(name, view, port)),
    ),
  ];
  // A host without a route for this proxy is nobody's, not one that answers 404.
  const served = hosts.filter(({ domains, routes }) => domains.length > 0 && routes.length > 0);
  return [...served, restOfWorld(view)];
}

function domainsOf({ host, shortName, namespace }: MeshService, { proxy }: MeshView): string[] {
  if (shortName === undefined) return [host];
  const inNamespace = `${shortName}.${namespace}`;
  const close = namespace === proxy.namespace ? [shortName] : [];
  return [host, `${inNamespace}.svc`, inNamespace, ...close];
}

function strangers({ virtualServices, services }: MeshView): readonly string[] {
  const named = virtualServices
    .filter(({ gateways }) => gateways.includes('mesh'))
    .flatMap(({ hosts }) => hosts)
    .filter((host) => !services.some((service) => isWithin(service.host, host)));
  return [...new Set(named)];
}

function serviceRoutes(service: MeshService, view: MeshView, port: number): readonly Json[] {
  const routes = routesOf(service.host, view, port);
  return routes.length > 0 ? routes : [toService(service, port)];
}

const toService = ({ host }: MeshService, port: number): Json => ({
  name: 'default',
  match: { prefix: '/' },
  route: { cluster: clusterName(port, undefined, host), timeout: '0s', ...retryPolicy() },
});

/** The most specific VirtualService has the whole host; of equals, the first that has a route for this proxy. */
function routesOf(host: string, view: MeshView, port: number): readonly Json[] {
  const place = { proxy: view.proxy, gateway: 'mesh', port };
  for (const of of candidates(host, view)) {
    const routes = compileRoutes(of, view, place);
    if (routes.length > 0) return routes.map(({ route }: CompiledRoute) => route);
  }
  return [];
}

/** VirtualServices on the mesh for a host, the one that wins first. */
export function candidates(host: string, { virtualServices }: MeshView) {
  const best = (hosts: readonly string[]): number =>
    Math.max(...hosts.filter((one) => isWithin(host, one)).map(specificity), -1);
  return virtualServices
    .filter(({ gateways }) => gateways.includes('mesh'))
    .map((of) => ({ of, score: best(of.hosts) }))
    .filter(({ score }) => score >= 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ of }) => of);
}

function restOfWorld({ registryOnly }: MeshView): Json {
  const name = registryOnly ? 'block_all' : 'allow_any';
  const action = registryOnly
    ? { direct_response: { status: 502 } }
    : { route: { cluster: passthrough, timeout: '0s' } };
  return { name, domains: ['*'], routes: [{ name, match: { prefix: '/' }, ...action }] };
}

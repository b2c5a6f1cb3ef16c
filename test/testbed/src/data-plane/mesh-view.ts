import type { KubeObject } from '../kube-http.js';
import { destinationRulesOf, policyFor, type ServicePolicy } from './destination-rules.js';
import type { HttpRule, MeshSnapshot, ProxyIdentity } from './istio-objects.js';
import { isExported } from './names.js';
import { servicesOf, type MeshService } from './registry.js';
import { sidecarFor } from './sidecar-scope.js';
import { virtualServicesOf, visibleTo, type VirtualService } from './virtual-services.js';

/** All that the API server holds, read once for all proxies. */
export interface Mesh {
  readonly services: readonly MeshService[];
  readonly virtualServices: readonly VirtualService[];
  readonly rules: ReturnType<typeof destinationRulesOf>;
  readonly gateways: readonly KubeObject[];
  readonly sidecars: readonly KubeObject[];
}

/** What of it one proxy sees. */
export interface MeshView {
  readonly proxy: ProxyIdentity;
  readonly services: readonly MeshService[];
  readonly virtualServices: readonly VirtualService[];
  readonly gateways: readonly KubeObject[];
  /** Hosts that nobody knows are blocked. */
  readonly registryOnly: boolean;
  find(host: string): MeshService | undefined;
  policy(host: string): ServicePolicy | undefined;
}

export const meshOf = (snapshot: MeshSnapshot): Mesh => ({
  services: servicesOf(snapshot),
  virtualServices: virtualServicesOf(snapshot.virtualServices),
  rules: destinationRulesOf(snapshot.destinationRules),
  gateways: snapshot.gateways,
  sidecars: snapshot.sidecars,
});

export function viewOf(mesh: Mesh, proxy: ProxyIdentity): MeshView {
  const sidecar = proxy.kind === 'sidecar' ? sidecarFor(proxy, mesh.sidecars) : undefined;
  const virtualServices = visibleTo(mesh.virtualServices, proxy.namespace).filter(
    ({ namespace, hosts }) => sidecar?.imports(namespace, hosts) ?? true,
  );
  const wanted = new Set(sidecar && virtualServices.flatMap(destinationsOf));
  const services = mesh.services.filter(
    ({ exportTo, namespace, host }) =>
      isExported(exportTo, namespace, proxy.namespace) &&
      (wanted.has(host) || (sidecar?.imports(namespace, [host]) ?? true)),
  );
  const byHost = new Map(services.map((service) => [service.host, service]));
  const policies = new Map<string, ServicePolicy | undefined>();
  const policy = (host: string): ServicePolicy | undefined => {
    const service = byHost.get(host);
    if (service === undefined) return undefined;
    if (!policies.has(host)) policies.set(host, policyFor(service, proxy, mesh.rules));
    return policies.get(host);
  };
  const registryOnly = sidecar?.registryOnly ?? false;
  const { gateways } = mesh;
  const find = (host: string): MeshService | undefined => byHost.get(host);
  return { proxy, services, virtualServices, gateways, registryOnly, find, policy };
}

/** A route that is imported brings along where it leads. */
function destinationsOf({ http, tcp, tls }: VirtualService): readonly string[] {
  const ofRule = (rule: Pick<HttpRule, 'route' | 'mirror' | 'mirrors'>): readonly string[] => [
    ...(rule.route ?? []).map(({ destination }) => destination.host),
    ...(rule.mirrors ?? []).map(({ destination }) => destination.host),
    ...(rule.mirror ? [rule.mirror.host] : []),
  ];
  return [...http, ...tcp, ...tls].flatMap(ofRule);
}

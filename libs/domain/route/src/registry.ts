import type { KnownMesh } from './known-mesh.js';
import { isWithin, overlap } from './host-match.js';
import type { OutboundPolicy } from './mesh.js';
import { label } from './mesh.js';
import { isPartOf } from './proxy.js';
import type { Proxy } from './proxy.js';
import type { Service } from './read/service.js';
import type { EgressListener, Sidecar } from './read/sidecar.js';
import type { VirtualService } from './read/virtual-service.js';
import { reachOf, reaches } from './visibility.js';

export type Services = ReadonlyMap<string, Service>;

/**
 * What the client's namespace may see, by name. Where several objects claim a
 * name, a Kubernetes Service beats a ServiceEntry, then the nearer one wins,
 * then the older one.
 */
export function visibleServices({ services }: KnownMesh, namespace: string): Services {
  const byName = new Map<string, Service>();
  for (const source of ['Service', 'ServiceEntry'] as const) {
    for (const reach of reaches) {
      for (const service of services) {
        if (service.source !== source || byName.has(service.hostname)) continue;
        if (reachOf(service.exportTo, service.namespace, namespace) !== reach) continue;
        byName.set(service.hostname, service);
      }
    }
  }
  return byName;
}

/** Bound to the gateway (or `mesh`) and visible, in the order in which a proxy looks through them. */
export const visibleVirtualServices = (
  { virtualServices }: KnownMesh,
  namespace: string,
  gateway: string,
): readonly VirtualService[] =>
  reaches.flatMap((reach) =>
    virtualServices.filter(
      (candidate) =>
        candidate.gateways.includes(gateway) &&
        reachOf(candidate.exportTo, candidate.namespace, namespace) === reach,
    ),
  );

/** What a sidecar may reach on a port. */
export interface EgressScope {
  readonly services: Services;
  readonly virtualServices: readonly VirtualService[];
  readonly policy: OutboundPolicy;
  /** Which Sidecar narrowed it, as a sentence; nothing when none applies. */
  readonly because: readonly string[];
}

export function egressAt(mesh: KnownMesh, proxy: Proxy, port: number): EgressScope {
  const services = visibleServices(mesh, proxy.namespace);
  const virtualServices = visibleVirtualServices(mesh, proxy.namespace, 'mesh');
  const sidecar = sidecarFor(mesh, proxy);
  if (sidecar === undefined) {
    return { services, virtualServices, policy: mesh.outboundPolicy, because: [] };
  }
  const listener = listenerFor(sidecar, port);
  const imported = [...services.values()].filter(({ namespace, hostname }) =>
    importedHosts(listener, namespace).some((host) => isWithin(hostname, host)),
  );
  return {
    services: new Map(imported.map((service) => [service.hostname, service])),
    virtualServices: virtualServices.filter(({ namespace, hosts }) =>
      hosts.some((host) =>
        importedHosts(listener, namespace).some((imports) => overlap(host, imports)),
      ),
    ),
    policy: sidecar.outboundPolicy ?? mesh.outboundPolicy,
    because: [`Sidecar ${label(sidecar)} decides what this client may reach.`],
  };
}

/** One Sidecar applies, and none is merged: for these labels, else the namespace's, else the root's. */
function sidecarFor({ sidecars, rootNamespace }: KnownMesh, proxy: Proxy): Sidecar | undefined {
  const here = sidecars.filter(({ namespace }) => namespace === proxy.namespace);
  return (
    here.find(({ workloadSelector: wanted }) => wanted && isPartOf(wanted, proxy.labels)) ??
    here.find(({ workloadSelector }) => workloadSelector === undefined) ??
    sidecars.find(
      ({ namespace, workloadSelector }) =>
        namespace === rootNamespace && workloadSelector === undefined,
    )
  );
}

const everything: EgressListener = { hosts: [{ namespace: '*', host: '*' }] };
const nothing: EgressListener = { hosts: [] };

function listenerFor({ egress }: Sidecar, port: number): EgressListener {
  if (egress.length === 0) return everything;
  return (
    egress.find((listener) => listener.port === port) ??
    egress.find((listener) => listener.port === undefined) ??
    nothing
  );
}

const importedHosts = ({ hosts }: EgressListener, namespace: string): readonly string[] =>
  hosts
    .filter((entry) => entry.namespace === '*' || entry.namespace === namespace)
    .map(({ host }) => host);

import { ruleFor } from './destination-rule.js';
import type { KnownMesh } from './known-mesh.js';
import { isPartOf } from './proxy.js';
import type { Labels, Proxy } from './proxy.js';
import type { Destination } from './read/destination.js';
import type { Service } from './read/service.js';
import type { Services } from './registry.js';

/** What Envoy answers instead of forwarding, with its response flag. */
export interface Failure {
  readonly status: number;
  /** `NC` no such cluster, `UH` no healthy upstream, `NR` no route. */
  readonly flag: 'NC' | 'UH' | 'NR';
  readonly because: string;
}

/** Where a destination leads: Envoy's cluster `outbound|port|subset|host`. */
export interface Cluster {
  readonly host: string;
  readonly subset?: string;
  readonly port: number;
  /** Set when nothing can be forwarded there. */
  readonly outcome?: Failure;
}

/** Everything that turning destinations into clusters needs. */
export interface ClusterContext {
  readonly mesh: KnownMesh;
  readonly proxy: Proxy;
  readonly services: Services;
  /** The port that was called: the destination's when neither it nor its service says another. */
  readonly port: number;
}

export function clusterOf(destination: Destination, context: ClusterContext): Cluster {
  const named = context.services.get(destination.host);
  const host = named?.aliasOf ?? destination.host;
  const service = named?.aliasOf === undefined ? named : context.services.get(named.aliasOf);
  const port = destination.port ?? onlyPort(service) ?? context.port;
  const outcome = failureOf({ ...destination, host, port }, service, context);
  return {
    host,
    ...(destination.subset === undefined ? {} : { subset: destination.subset }),
    port,
    ...(outcome === undefined ? {} : { outcome }),
  };
}

export const onlyPort = (service: Service | undefined): number | undefined =>
  service?.ports.length === 1 ? service.ports[0]?.number : undefined;

const noCluster = (because: string): Failure => ({ status: 503, flag: 'NC', because });

function failureOf(
  { host, subset, port }: Destination,
  service: Service | undefined,
  { mesh, proxy }: ClusterContext,
): Failure | undefined {
  if (service === undefined) {
    return noCluster(`no Service or ServiceEntry that this client sees is called ${host}`);
  }
  if (!service.ports.some(({ number, protocol }) => number === port && protocol !== 'udp')) {
    return noCluster(`${host} has no port ${port}`);
  }
  if (subset === undefined) return withoutEndpoints(service, {}, host);
  const rule = ruleFor(mesh, proxy, service);
  const known = rule?.subsets.get(subset);
  if (known) return withoutEndpoints(service, known.labels, `subset ${subset} of ${host}`);
  return noCluster(
    rule === undefined
      ? `no DestinationRule that this client sees has subsets for ${host}, so none is called ${subset}`
      : `DestinationRule ${rule.from.join(' and ')} is in force for this client and has no subset ${subset}`,
  );
}

/** Istio adds labels about the place of an endpoint that no object shows. */
const addedByIstio = /^(topology\.(istio|kubernetes)\.io\/|kubernetes\.io\/hostname$)/;

function withoutEndpoints(
  { endpoints }: Service,
  labels: Labels,
  what: string,
): Failure | undefined {
  if (endpoints === undefined) return undefined;
  const wanted = Object.fromEntries(
    Object.entries(labels).filter(([key]) => !addedByIstio.test(key)),
  );
  return endpoints.some((endpoint) => isPartOf(wanted, endpoint))
    ? undefined
    : { status: 503, flag: 'UH', because: `${what} has no endpoint` };
}

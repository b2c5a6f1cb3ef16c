import type { MeshObject } from '@spillway/domain-istio';
import { readDestinationRule, type DestinationRule } from './destination-rule.js';
import { readGateway, type Gateway } from './gateway.js';
import { knownHosts, Registry } from './registry.js';
import { readVirtualService, type VirtualService } from './virtual-service.js';
import { isWorkload, readWorkload, type Workload } from './workload.js';

/**
 * Of which things the objects are taken to be all there are. What is not in a
 * folder may well be in the cluster, so "not found" is said of these only.
 */
export interface Knows {
  /** Services and ServiceEntries. */
  readonly hosts: boolean;
  readonly pods: boolean;
  readonly gateways: boolean;
  /** DestinationRules, where subsets are. */
  readonly subsets: boolean;
}

export interface RelationOptions {
  /** Where the mesh's own configuration is; `istio-system` unless said. */
  readonly rootNamespace?: string;
  /** The cluster's DNS domain; `cluster.local` unless said. */
  readonly domain?: string;
  /** Unless said: of what there is at least one, all are taken to be there. */
  readonly knows?: Partial<Knows>;
}

/** Everything that is looked at, read once. */
export interface World {
  readonly rootNamespace: string;
  readonly domain: string;
  readonly knows: Knows;
  readonly registry: Registry;
  readonly workloads: readonly Workload[];
  readonly virtualServices: readonly VirtualService[];
  readonly destinationRules: readonly DestinationRule[];
  readonly gateways: readonly Gateway[];
  readonly services: readonly MeshObject[];
  readonly sidecars: readonly MeshObject[];
  readonly telemetries: readonly MeshObject[];
}

export function readWorld(objects: readonly MeshObject[], options: RelationOptions): World {
  const { rootNamespace = 'istio-system', domain = 'cluster.local' } = options;
  const own = objects.filter(isOfIstio);
  const only = (kind: string): readonly MeshObject[] => own.filter((one) => one.kind === kind);
  return {
    rootNamespace,
    domain,
    knows: { ...whatIsKnown(own), ...options.knows },
    registry: new Registry(own.flatMap((object) => knownHosts(object, domain))),
    workloads: own.flatMap(readWorkload),
    virtualServices: only('VirtualService').map((one) => readVirtualService(one, domain)),
    destinationRules: only('DestinationRule').map((one) => readDestinationRule(one, domain)),
    gateways: only('Gateway').map(readGateway),
    services: only('Service'),
    sidecars: only('Sidecar'),
    telemetries: only('Telemetry'),
  };
}

/** Other projects have kinds of the same names, e.g. the Gateway API and Knative. */
const isOfIstio = ({ apiVersion, kind }: MeshObject): boolean =>
  kind === 'Service' || kind === 'Gateway'
    ? apiVersion === 'v1' || apiVersion.includes('.istio.io/')
    : true;

function whatIsKnown(objects: readonly MeshObject[]): Knows {
  const kinds = new Set(objects.map(({ kind }) => kind));
  return {
    hosts: kinds.has('Service') || kinds.has('ServiceEntry'),
    pods: objects.some(isWorkload),
    gateways: kinds.has('Gateway'),
    subsets: kinds.has('DestinationRule'),
  };
}

/** `namespace/name` of an object. */
export const nameOf = ({ metadata }: MeshObject): string =>
  `${metadata.namespace}/${metadata.name}`;

import type { Exposure, Sticky } from '@spillway/domain-traffic';
import type { Generation, ReleaseId, ServiceName, Version } from '@spillway/kernel';

/** What a port carries. gRPC is routed as HTTP is; TLS is routed by SNI and stays encrypted. */
export type Protocol = 'http' | 'grpc' | 'tcp' | 'tls';

/** Where an object is. */
export interface ObjectPlace {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Who owns the VirtualService that routes the service.
 *
 * `managed`: Spillway creates it, and a DestinationRule. `adopted`: people do;
 * Spillway touches the destinations of the routes that go to the stable version,
 * adds routes of its own, and gives back what was there. `delegate`: Spillway
 * owns one without hosts, and people's VirtualServices hand requests to it.
 */
export type Ownership =
  | { readonly kind: 'managed' }
  | {
      readonly kind: 'adopted';
      readonly virtualService: ObjectPlace;
      /** Names of the routes that it may touch. Absent: each that goes to the stable version. */
      readonly routes?: readonly string[];
    }
  | { readonly kind: 'delegate'; readonly virtualService: ObjectPlace }
  | ReplicaOwnership;

/** Without a mesh: a Deployment for each version behind one Service, and pods instead of weights. */
export interface ReplicaOwnership {
  readonly kind: 'replicas';
  /** The Deployments' name, with `{version}` for the version. */
  readonly deployment: string;
  /** Pods of both versions together. */
  readonly total: number;
}

/** A service as Istio sees it. */
export interface MeshService {
  readonly service: ServiceName;
  /** Fully qualified, e.g. `catalog.shop.svc.cluster.local`. */
  readonly host: string;
  /** The service port that is released; always written into destinations (IST0112). */
  readonly port: number;
  /** Absent: HTTP. */
  readonly protocol?: Protocol;
  /** The pod label that tells versions apart, e.g. `version`. */
  readonly versionLabel: string;
  /**
   * Set when each version has a Kubernetes Service of its own: the host of it,
   * with `{version}` for the version. Then there are no subsets.
   */
  readonly versionHost?: string;
  /** Where the service is reached from outside the mesh: `namespace/name` of gateways, and public hosts. */
  readonly edge?: { readonly gateways: readonly string[]; readonly hosts: readonly string[] };
  /** Absent: managed. */
  readonly ownership?: Ownership;
}

/** The routing that one cluster should have for one service. */
export interface Traffic {
  readonly service: MeshService;
  readonly release: ReleaseId;
  /** Never falls for a service in a cluster; a writer that is behind stops (see `nextWrite`). */
  readonly generation: Generation;
  readonly stable: Version;
  readonly candidate: Version;
  /** What the candidate sees; stable gets the rest. */
  readonly exposure: Exposure;
  readonly sticky?: Sticky;
  /** Versions that the DestinationRule must define. A superset of those that get traffic. */
  readonly subsets: readonly Version[];
  /** The release has ended: the version with the traffic is the stable one from now on. */
  readonly isOver?: boolean;
  /**
   * The object carries the generation also where the candidate has nothing. Without it a
   * write of an older generation that is still on its way, with nobody left to regret it,
   * would find people's object just as it was seen, and give the candidate traffic.
   */
  readonly isFenced?: boolean;
}

export const ownershipOf = ({ ownership }: MeshService): Ownership =>
  ownership ?? { kind: 'managed' };

export const protocolOf = ({ protocol }: MeshService): Protocol => protocol ?? 'http';

/** The host of a version that is a Kubernetes Service of its own; else the service's. */
export const hostOf = ({ host, versionHost }: MeshService, version: Version): string =>
  versionHost === undefined ? host : versionHost.replaceAll('{version}', version);

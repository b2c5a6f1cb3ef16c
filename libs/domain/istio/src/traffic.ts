import type { BasisPoints, Generation, ReleaseId, ServiceName, Version } from '@spillway/kernel';

/** A service as Istio sees it. */
export interface MeshService {
  readonly service: ServiceName;
  /** Fully qualified, e.g. `catalog.shop.svc.cluster.local`. */
  readonly host: string;
  /** The service port that carries HTTP; always written into destinations (IST0112). */
  readonly port: number;
  /** The pod label that tells versions apart, e.g. `version`. */
  readonly versionLabel: string;
}

/** The routing that one cluster should have for one service. */
export interface Traffic {
  readonly service: MeshService;
  readonly release: ReleaseId;
  /** Never falls for a service in a cluster; a writer that is behind stops (see `nextWrite`). */
  readonly generation: Generation;
  readonly stable: Version;
  readonly candidate: Version;
  /** The candidate's share; stable gets the rest. */
  readonly candidateWeight: BasisPoints;
  /** Versions that the DestinationRule must define. A superset of those that get traffic. */
  readonly subsets: readonly Version[];
}

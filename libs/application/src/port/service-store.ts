import type { AccessLog, MeshService } from '@spillway/domain-istio';
import type {
  ClusterName,
  Generation,
  Instant,
  NamespaceName,
  ReleaseId,
  ServiceName,
  Version,
} from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** What becomes of a new release of a service that is being released. */
export const onBusyPolicies = ['refuse', 'queue', 'supersede'] as const;
export type OnBusy = (typeof onBusyPolicies)[number];

export interface ServiceRecord extends MeshService {
  readonly clusters: readonly ClusterName[];
  /** The version that serves now. Changes only when a release succeeds. */
  readonly stable: Version;
  /** What to do when somebody changes its routing in a release. Absent: write it again. */
  readonly drift?: 'hold';
  /** Absent: `refuse`. */
  readonly onBusy?: OnBusy;
  /** Absent: Spillway has nothing to do with its access logs. */
  readonly accessLog?: AccessLog;
  /** The last generation that was given out for it. */
  readonly generation: Generation;
  /** The release that wrote its routing last, running or not. */
  readonly latestRelease?: ReleaseId;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type NewService = Omit<
  ServiceRecord,
  'createdAt' | 'updatedAt' | 'generation' | 'latestRelease'
>;

/** A page of services, of all or of some. */
export interface ServiceListing extends PageRequest {
  readonly namespace?: NamespaceName;
  /** Only those that are in this cluster. */
  readonly cluster?: ClusterName;
}

export interface ServiceStore {
  get(name: ServiceName): Promise<ServiceRecord | undefined>;
  /** Those that exist among `names`, in the order of their names. */
  getAll(names: readonly ServiceName[]): Promise<readonly ServiceRecord[]>;
  /** Like `get`, and no other transaction can lock or change it until this one ends. */
  lock(name: ServiceName): Promise<ServiceRecord | undefined>;
  /** In the order of their names. */
  list(listing: ServiceListing): Promise<Page<ServiceRecord>>;
  /** Adds it, or replaces what people say about it; generation and latest release stay. */
  put(service: NewService): Promise<ServiceRecord>;
  /** Writes what releases change. */
  advance(
    name: ServiceName,
    change: {
      readonly generation: Generation;
      readonly latestRelease: ReleaseId;
      readonly stable: Version;
    },
  ): Promise<void>;
  /** How many services are in this cluster. */
  countIn(cluster: ClusterName): Promise<number>;
}

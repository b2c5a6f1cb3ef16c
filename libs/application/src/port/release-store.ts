import type { Phase, Release, ReleaseEvent } from '@spillway/domain-release';
import type {
  ClusterName,
  Generation,
  Instant,
  NamespaceName,
  ReleaseId,
  ServiceName,
  SourceName,
  StrategyName,
  Version,
} from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** An event in its place in the release's chain. */
export interface StoredEvent {
  readonly sequence: number;
  readonly event: ReleaseEvent;
  /** SHA-256, hex, of the previous hash and this event's canonical JSON. The first has 64 zeros before it. */
  readonly hash: string;
}

/** A reader's place in the order of all events. Opaque; it may be kept for as long as the database is. */
export type FeedPosition = string & { readonly __unit: 'feedPosition' };

/** An event in its place among those of all releases. */
export interface FeedEvent extends StoredEvent {
  readonly release: ReleaseId;
  readonly service: ServiceName;
  readonly position: FeedPosition;
}

export interface FeedPart {
  readonly events: readonly FeedEvent[];
  /** Where to read on. */
  readonly end: FeedPosition;
  /** There is more, or something is saved whose place is not certain yet: ask again soon. */
  readonly isOpen: boolean;
}

export interface ReleaseFilter {
  readonly service?: ServiceName;
  readonly namespace?: NamespaceName;
  readonly phase?: Phase;
  readonly candidate?: Version;
  readonly strategy?: StrategyName;
  /** Begun at this moment or later. */
  readonly since?: Instant;
  /** Begun before this moment. */
  readonly until?: Instant;
}

export interface ReleaseStore {
  get(id: ReleaseId): Promise<Release | undefined>;
  /** Those that exist among `ids`, in no order. */
  getAll(ids: readonly ReleaseId[]): Promise<readonly Release[]>;
  /** Like `get`, and no other transaction can lock or save it until this one ends. */
  lock(id: ReleaseId): Promise<Release | undefined>;
  /** Newest first. */
  list(filter: ReleaseFilter, page: PageRequest): Promise<Page<Release>>;
  /** The release of the service that has begun and not ended. There is never more than one. */
  running(service: ServiceName): Promise<Release | undefined>;
  /** Those of the service that wait until it is free, in the order in which they were asked for. */
  queued(service: ServiceName): Promise<readonly Release[]>;
  /** Those of these services that have begun and not ended, in no order. */
  runningOf(services: readonly ServiceName[]): Promise<readonly Release[]>;
  /** Those that wait at a gate, also where something else holds them; the oldest first. */
  awaitingApproval(): Promise<readonly Release[]>;
  /** Ids of all releases that have not ended, those that wait for their service among them. */
  allRunning(): Promise<readonly ReleaseId[]>;
  /**
   * Stores the state and appends its events, of which there is at least one.
   * `next.revision` is the number of all events including these. Throws
   * `StaleWrite` when the stored revision is not `next.revision - events.length`.
   * Subscribers of the release feed hear of it when the transaction commits.
   */
  save(next: Release, events: readonly ReleaseEvent[]): Promise<void>;
  /** Ids of releases that have not ended and whose plan asks this source. */
  referringTo(source: SourceName): Promise<readonly ReleaseId[]>;
  /** In their order, after the given sequence number (0 = from the first). */
  events(id: ReleaseId, after: number, limit: number): Promise<readonly StoredEvent[]>;
  /**
   * Events of all releases after a position; without one none, only where the end is now. Whoever
   * reads on from each `end` gets every event exactly once, however many write meanwhile. Throws
   * `INVALID_INPUT` for a position that this database never gave.
   */
  recent(after: FeedPosition | undefined, limit: number): Promise<FeedPart>;
  /**
   * Releases, running or not, of which something is still to be written in this cluster.
   * One that a later release of its service took the cluster over from has nothing to write there.
   */
  unsettledIn(cluster: ClusterName): Promise<readonly ReleaseId[]>;
  /** Clusters in which something of this service is still to be written, and whose it is. */
  unsettledOf(service: ServiceName): Promise<ReadonlyMap<ClusterName, ReleaseId>>;
  /**
   * Notes that the cluster has all that the rollout wants, down to removed
   * subsets. No effect when the desired generation is another one by now.
   */
  settle(id: ReleaseId, cluster: ClusterName, generation: Generation): Promise<void>;
}

import type { Order, Release } from '@spillway/domain-release';
import type {
  NamespaceName,
  Refusal,
  ReleaseId,
  Result,
  ServiceName,
  StrategyName,
  Version,
} from '@spillway/kernel';
import type { Caller } from '../access/caller.js';
import type { ReleasePlan } from '../plan/release-plan.js';
import type { HookCall, HookCallFilter } from '../port/hook-call-store.js';
import type { Look, LookFilter } from '../port/measurement-store.js';
import type { Page, PageRequest } from '../port/page.js';
import type { FeedPosition, ReleaseFilter, StoredEvent } from '../port/release-store.js';
import type { OnBusy } from '../port/service-store.js';
import type { FeedNews } from '../watch/feed-channel.js';
import type { ReleaseNews } from '../watch/release-channels.js';

export interface StartRelease {
  readonly service: ServiceName;
  readonly candidate: Version;
  readonly strategy: StrategyName;
  readonly description: string;
  /** As a plan gave it: what is written then is what the plan showed, to the byte. Absent: a new one. */
  readonly id?: ReleaseId;
  /** Where another release of the service runs. Absent: what the service says, or else `refuse`. */
  readonly onBusy?: OnBusy;
}

export type CommandRelease = Order & { readonly release: ReleaseId };

/** A new release in the stead of one that has ended. */
export interface ReleaseInstead {
  readonly release: ReleaseId;
  /** Another one than it had; its newest version is taken. */
  readonly strategy?: StrategyName;
  readonly onBusy?: OnBusy;
  /** Why, in the words of who asks; may be empty. */
  readonly comment: string;
}

export interface ChangeReleaseStrategy {
  readonly release: ReleaseId;
  readonly strategy: StrategyName;
  /** Absent: the newest. */
  readonly version?: number;
  /** Why, in the words of who asks; may be empty. */
  readonly comment: string;
}

export interface WatchFrom {
  readonly release: ReleaseId;
  /** Sequence number of the last event that was read. */
  readonly after?: number;
}

export interface FeedFilter {
  readonly service?: ServiceName;
  readonly namespace?: NamespaceName;
}

export interface WatchAllFrom {
  readonly filter: FeedFilter;
  /** Of the last event that was read. */
  readonly after?: FeedPosition;
}

/** Events after this sequence number, at most so many. */
export interface EventRange {
  readonly after: number;
  readonly limit: number;
}

export interface HookCallRange {
  readonly filter: HookCallFilter;
  readonly page: PageRequest;
}

export interface LookRange {
  readonly filter: LookFilter;
  readonly page: PageRequest;
}

/** Releases, what they are told, and what becomes of them. */
export interface ReleaseUseCases {
  /** What the release would write where, step by step. Writes nothing; an `id` of an earlier plan is kept. */
  planRelease(command: StartRelease, caller: Caller): Promise<Result<ReleasePlan, Refusal>>;
  startRelease(command: StartRelease, caller: Caller): Promise<Result<Release, Refusal>>;
  commandRelease(command: CommandRelease, caller: Caller): Promise<Result<Release, Refusal>>;
  /** A release that came to nothing, once more: a new one of the same version. */
  retryRelease(command: ReleaseInstead, caller: Caller): Promise<Result<Release, Refusal>>;
  /** The version that served before a release that succeeded: a new one of that. */
  undoRelease(command: ReleaseInstead, caller: Caller): Promise<Result<Release, Refusal>>;
  /** Another plan for a running release, at the weights that it has. */
  changeReleaseStrategy(
    command: ChangeReleaseStrategy,
    caller: Caller,
  ): Promise<Result<Release, Refusal>>;
  getRelease(id: ReleaseId, caller: Caller): Promise<Result<Release, Refusal>>;
  /** Those that are there and visible. */
  getReleases(
    ids: readonly ReleaseId[],
    caller: Caller,
  ): Promise<Result<readonly Release[], Refusal>>;
  /** Those of these services that have not ended, of which each service has one at most. */
  getRunningReleases(
    services: readonly ServiceName[],
    caller: Caller,
  ): Promise<Result<readonly Release[], Refusal>>;
  listReleases(
    filter: ReleaseFilter,
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<Release>, Refusal>>;
  listEvents(
    id: ReleaseId,
    part: EventRange,
    caller: Caller,
  ): Promise<Result<readonly StoredEvent[], Refusal>>;
  /** What was measured and concluded so far, the newest windows first. */
  listHookCalls(
    id: ReleaseId,
    range: HookCallRange,
    caller: Caller,
  ): Promise<Result<Page<HookCall>, Refusal>>;
  listLooks(id: ReleaseId, part: LookRange, caller: Caller): Promise<Result<Page<Look>, Refusal>>;
  /**
   * The release now and after each change, until it ends or the signal aborts.
   * Changes that come faster than the consumer reads are given as one.
   */
  watchRelease(
    id: ReleaseId,
    signal: AbortSignal,
    caller: Caller,
  ): Promise<Result<AsyncIterable<Release>, Refusal>>;
  /**
   * Like `watchRelease`, with every event: none is lost or told twice to whoever begins again
   * after the last one that he has read. Without `after` it begins with what happens from now on.
   */
  followRelease(
    wanted: WatchFrom,
    signal: AbortSignal,
    caller: Caller,
  ): Promise<Result<AsyncIterable<ReleaseNews>, Refusal>>;
  /** Where the events of all releases end now; whoever follows from there misses none. */
  getFeedPosition(caller: Caller): Promise<Result<FeedPosition, Refusal>>;
  /** Every event of all releases that the caller may see, with the same promise; it never ends by itself. */
  followReleases(
    wanted: WatchAllFrom,
    signal: AbortSignal,
    caller: Caller,
  ): Promise<Result<AsyncIterable<FeedNews>, Refusal>>;
}

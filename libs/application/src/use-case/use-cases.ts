import type {
  ClusterName,
  MemberName,
  TokenName,
  Duration,
  Instant,
  NamespaceName,
  Refusal,
  ReleaseId,
  DeliveryId,
  NotificationName,
  RuleName,
  Result,
  SecretName,
  ServiceName,
  SourceName,
  StrategyName,
  WebhookName,
  Version,
} from '@spillway/kernel';
import type { FreezeWindow } from '@spillway/domain-freeze';
import type { Approval, GatePlace, Order, Release, Strategy } from '@spillway/domain-release';
import type { AskedRelease, PassedBy, Rule, Trigger } from '@spillway/domain-rule';
import type { Caller } from '../access/caller.js';
import type { Identity } from '../access/identity.js';
import type { FreezeWindowRecord } from '../port/freeze-window-store.js';
import type { GateRecord } from '../port/gate-store.js';
import type { ReleasePlan } from '../plan/release-plan.js';
import type { ProbeFinding } from '../port/cluster-link.js';
import type { ClusterRecord, NewCluster } from '../port/cluster-store.js';
import type { AuditFilter, AuditRecord } from '../port/audit-store.js';
import type { MemberRecord, NewMember } from '../port/member-store.js';
import type { TokenRecord } from '../port/token-store.js';
import type { AuditProof } from './access/audit.js';
import type { IssuedToken, NewToken, RotateToken } from './access/tokens.js';
import type { EgressRecord } from '../port/egress-store.js';
import type { HookCall, HookCallFilter } from '../port/hook-call-store.js';
import type { Look, LookFilter } from '../port/measurement-store.js';
import type { Page, PageRequest } from '../port/page.js';
import type { PushedMeasurement } from '../port/pushed-store.js';
import type { NewNotificationEndpoint, NotificationEndpoint } from '../port/notification-store.js';
import type { OutgoingDelivery, OutgoingDeliveryFilter } from '../port/outgoing-delivery-store.js';
import type { ReceivedDelivery, ReceivedFilter } from '../port/received-store.js';
import type { RuleRecord } from '../port/rule-store.js';
import type { RawDelivery } from '../port/webhook-protocol.js';
import type { NewWebhook, WebhookRecord } from '../port/webhook-store.js';
import type { FeedPosition, ReleaseFilter, StoredEvent } from '../port/release-store.js';
import type { SecretRecord } from '../port/secret-store.js';
import type { NewService, OnBusy, ServiceRecord } from '../port/service-store.js';
import type { NewSource, SourceRecord } from '../port/source-store.js';
import type { StrategyRecord, StrategyReference } from '../port/strategy-store.js';
import type { EgressReport } from './egress/egress-report.js';
import type { NewEgressPolicy } from './egress/next-egress-record.js';
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

/** A yes or a no at a gate of a release. */
export interface JudgeRelease {
  readonly release: ReleaseId;
  /** Absent: the next one that wants approvals. */
  readonly gate?: string;
  /** Digest of the plan that was read; refused when it is another one by now. Absent: whatever it is. */
  readonly plan?: string;
  /** Why, in the words of who asks; may be empty. */
  readonly comment: string;
}

/** A gate that waits for an approval of somebody. */
export interface ApprovalWaiting {
  readonly release: Release;
  readonly gate: GatePlace;
  readonly since: Instant;
  /** Digest of the plan that is to be approved. */
  readonly plan: string;
  /** Those that count already, of as many as are wanted. */
  readonly approvals: readonly Approval[];
  readonly wanted: number;
}

export interface OverrideFreeze {
  readonly release: ReleaseId;
  /** Why it cannot wait, in the words of who asks; never empty. */
  readonly reason: string;
}

export type SetGate = Pick<GateRecord, 'service' | 'gate' | 'state' | 'comment'>;

/** Says why traffic may be blocked, or why it does not matter that nobody knows. */
export interface AcceptBlocked {
  readonly acceptBlocked?: string;
}

export interface EnforceEgress extends AcceptBlocked {
  readonly namespace: NamespaceName;
  /** How far back traffic is looked for; a day, when it is not said. */
  readonly window?: Duration;
}

export interface RollbackEgress {
  readonly namespace: NamespaceName;
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

/** A measurement as it is sent; without `at` it is of the moment at which it arrives. */
export type NewMeasurement = Omit<PushedMeasurement, 'at'> & Partial<Pick<PushedMeasurement, 'at'>>;

export interface PushMeasurements {
  readonly measurements: readonly NewMeasurement[];
  /** Whether it was sent as one or in a list: so its fields are called in a refusal. */
  readonly form: 'one' | 'list';
}

/** Something that was sent to a webhook, by whomever. */
export interface ReceiveDelivery {
  readonly webhook: WebhookName;
  readonly delivery: RawDelivery;
}

/** What rules are to be tried with: a delivery that came in, or what one would be. */
export interface TestRule {
  readonly about:
    | { readonly kind: 'delivery'; readonly delivery: DeliveryId }
    | { readonly kind: 'payload'; readonly webhook: WebhookName; readonly sent: RawDelivery };
  /** One that is not put yet, in the place of the one of its name. */
  readonly rule?: Rule;
}

/** What would come of it; a release when there is one and no `because`. */
export interface RuleTest {
  readonly webhook: WebhookName;
  /** As the delivery is understood; absent when it tells of nothing that rules are about. */
  readonly trigger?: Trigger;
  /** The first that matches. */
  readonly rule?: RuleName;
  readonly release?: AskedRelease;
  readonly passedBy?: readonly PassedBy[];
  /** Why no release would be started. */
  readonly because?: string;
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

/** What a cluster holds of a policy at this moment. */
export interface EgressPlace {
  readonly cluster: ClusterName;
  readonly unreachable?: string;
  /** What is not as it was applied, and who did that. */
  readonly drift: readonly string[];
  readonly remarks: readonly string[];
}

/** A policy with what its clusters hold. */
export interface EgressStatus {
  readonly record: EgressRecord;
  readonly places: readonly EgressPlace[];
}

/** A cluster with what this process, or else a worker, last saw of it. */
export interface ClusterStatus {
  readonly record: ClusterRecord;
  readonly state: 'ready' | 'connecting' | 'unreachable' | 'notConnected';
  readonly since?: number;
  readonly reason?: string;
}

/**
 * Everything that Spillway can do for a caller, who comes last. REST, GraphQL, SDK and
 * CLI are four ways to call this; none of them holds a rule of its own. Each member is
 * one function of `use-case/`, and `operations` says who may call it.
 */
export interface UseCases {
  /** The text is told this once, and again to who repeats the request by its idempotency key. */
  createToken(token: NewToken, caller: Caller): Promise<Result<IssuedToken, Refusal>>;
  rotateToken(command: RotateToken, caller: Caller): Promise<Result<IssuedToken, Refusal>>;
  revokeToken(name: TokenName, caller: Caller): Promise<Result<void, Refusal>>;
  getToken(name: TokenName, caller: Caller): Promise<Result<TokenRecord, Refusal>>;
  listTokens(page: PageRequest, caller: Caller): Promise<Result<Page<TokenRecord>, Refusal>>;

  putMember(member: NewMember, caller: Caller): Promise<Result<MemberRecord, Refusal>>;
  removeMember(name: MemberName, caller: Caller): Promise<Result<void, Refusal>>;
  getMember(name: MemberName, caller: Caller): Promise<Result<MemberRecord, Refusal>>;
  listMembers(page: PageRequest, caller: Caller): Promise<Result<Page<MemberRecord>, Refusal>>;

  /** What was changed by whom, newest first. */
  listAudit(
    filter: AuditFilter,
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<AuditRecord>, Refusal>>;
  verifyAudit(caller: Caller): Promise<Result<AuditProof, Refusal>>;
  whoAmI(caller: Caller): Promise<Result<Identity, Refusal>>;

  putCluster(cluster: NewCluster, caller: Caller): Promise<Result<ClusterRecord, Refusal>>;
  getCluster(name: ClusterName, caller: Caller): Promise<Result<ClusterStatus, Refusal>>;
  /** Those that are there and visible; for who shows many things that are in clusters. */
  getClusters(
    names: readonly ClusterName[],
    caller: Caller,
  ): Promise<Result<readonly ClusterStatus[], Refusal>>;
  listClusters(page: PageRequest, caller: Caller): Promise<Result<Page<ClusterStatus>, Refusal>>;
  removeCluster(name: ClusterName, caller: Caller): Promise<Result<void, Refusal>>;
  probeCluster(
    name: ClusterName,
    caller: Caller,
  ): Promise<Result<readonly ProbeFinding[], Refusal>>;

  putService(service: NewService, caller: Caller): Promise<Result<ServiceRecord, Refusal>>;
  getService(name: ServiceName, caller: Caller): Promise<Result<ServiceRecord, Refusal>>;
  /** Those that are there and visible. */
  getServices(
    names: readonly ServiceName[],
    caller: Caller,
  ): Promise<Result<readonly ServiceRecord[], Refusal>>;
  listServices(page: PageRequest, caller: Caller): Promise<Result<Page<ServiceRecord>, Refusal>>;

  putStrategy(
    strategy: Omit<Strategy, 'version'>,
    caller: Caller,
  ): Promise<Result<StrategyRecord, Refusal>>;
  /** Without a version the newest. */
  getStrategy(
    name: StrategyName,
    version: number | undefined,
    caller: Caller,
  ): Promise<Result<StrategyRecord, Refusal>>;
  /** Those that are there. */
  getStrategyVersions(
    references: readonly StrategyReference[],
    caller: Caller,
  ): Promise<Result<readonly StrategyRecord[], Refusal>>;
  listStrategies(page: PageRequest, caller: Caller): Promise<Result<Page<StrategyRecord>, Refusal>>;

  putEgressPolicy(
    policy: NewEgressPolicy & AcceptBlocked,
    caller: Caller,
  ): Promise<Result<EgressRecord, Refusal>>;
  enforceEgress(command: EnforceEgress, caller: Caller): Promise<Result<EgressRecord, Refusal>>;
  rollbackEgress(command: RollbackEgress, caller: Caller): Promise<Result<EgressRecord, Refusal>>;
  getEgressPolicy(namespace: NamespaceName, caller: Caller): Promise<Result<EgressStatus, Refusal>>;
  listEgressPolicies(
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<EgressRecord>, Refusal>>;
  /** Without a window the last day. */
  reportEgress(
    namespace: NamespaceName,
    window: Duration | undefined,
    caller: Caller,
  ): Promise<Result<EgressReport, Refusal>>;

  putSecret(name: SecretName, text: string, caller: Caller): Promise<Result<SecretRecord, Refusal>>;
  listSecrets(page: PageRequest, caller: Caller): Promise<Result<Page<SecretRecord>, Refusal>>;
  removeSecret(name: SecretName, caller: Caller): Promise<Result<void, Refusal>>;

  putSource(source: NewSource, caller: Caller): Promise<Result<SourceRecord, Refusal>>;
  getSource(name: SourceName, caller: Caller): Promise<Result<SourceRecord, Refusal>>;
  listSources(page: PageRequest, caller: Caller): Promise<Result<Page<SourceRecord>, Refusal>>;
  removeSource(name: SourceName, caller: Caller): Promise<Result<void, Refusal>>;

  /** Its secrets must be there. Nobody is called. */
  putNotification(
    endpoint: NewNotificationEndpoint,
    caller: Caller,
  ): Promise<Result<NotificationEndpoint, Refusal>>;
  getNotification(
    name: NotificationName,
    caller: Caller,
  ): Promise<Result<NotificationEndpoint, Refusal>>;
  listNotifications(
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<NotificationEndpoint>, Refusal>>;
  /** With its deliveries. */
  removeNotification(name: NotificationName, caller: Caller): Promise<Result<void, Refusal>>;
  /** Queues a delivery that tells of no release. */
  testNotification(
    name: NotificationName,
    caller: Caller,
  ): Promise<Result<OutgoingDelivery, Refusal>>;
  getOutgoingDelivery(id: DeliveryId, caller: Caller): Promise<Result<OutgoingDelivery, Refusal>>;
  /** The newest first. */
  listOutgoingDeliveries(
    filter: OutgoingDeliveryFilter,
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<OutgoingDelivery>, Refusal>>;
  redeliverOutgoing(id: DeliveryId, caller: Caller): Promise<Result<OutgoingDelivery, Refusal>>;

  putWebhook(webhook: NewWebhook, caller: Caller): Promise<Result<WebhookRecord, Refusal>>;
  getWebhook(name: WebhookName, caller: Caller): Promise<Result<WebhookRecord, Refusal>>;
  listWebhooks(page: PageRequest, caller: Caller): Promise<Result<Page<WebhookRecord>, Refusal>>;
  removeWebhook(name: WebhookName, caller: Caller): Promise<Result<void, Refusal>>;
  /** For whoever can sign: the caller's actor is the webhook. */
  receiveDelivery(
    sent: ReceiveDelivery,
    caller: Caller,
  ): Promise<Result<ReceivedDelivery, Refusal>>;
  getReceivedDelivery(id: DeliveryId, caller: Caller): Promise<Result<ReceivedDelivery, Refusal>>;
  listReceivedDeliveries(
    filter: ReceivedFilter,
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<ReceivedDelivery>, Refusal>>;
  redeliverReceived(id: DeliveryId, caller: Caller): Promise<Result<ReceivedDelivery, Refusal>>;

  putRule(rule: Rule, caller: Caller): Promise<Result<RuleRecord, Refusal>>;
  getRule(name: RuleName, caller: Caller): Promise<Result<RuleRecord, Refusal>>;
  listRules(page: PageRequest, caller: Caller): Promise<Result<Page<RuleRecord>, Refusal>>;
  removeRule(name: RuleName, caller: Caller): Promise<Result<void, Refusal>>;
  testRule(wanted: TestRule, caller: Caller): Promise<Result<RuleTest, Refusal>>;

  /** All of them or, when one is wrong, none. Gives how many were taken. */
  pushMeasurements(command: PushMeasurements, caller: Caller): Promise<Result<number, Refusal>>;

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
  /** A yes at a gate, of the plan as it is now; again it changes nothing. */
  approveRelease(input: JudgeRelease, caller: Caller): Promise<Result<Release, Refusal>>;
  /** A no at a gate: rolls back, or does what the gate says. */
  rejectRelease(input: JudgeRelease, caller: Caller): Promise<Result<Release, Refusal>>;
  /** Gates that wait for an approval of this caller, the oldest release first. */
  listApprovalsWaiting(caller: Caller): Promise<Result<readonly ApprovalWaiting[], Refusal>>;
  /** Freeze windows that are in force now do not count for this release, until they end. */
  overrideFreeze(input: OverrideFreeze, caller: Caller): Promise<Result<Release, Refusal>>;
  /** Opens or closes a gate of a service, for all of its releases. */
  setGate(input: SetGate, caller: Caller): Promise<Result<GateRecord, Refusal>>;
  /** The gates of a service that somebody opened or closed, in the order of their names. */
  listGates(service: ServiceName, caller: Caller): Promise<Result<readonly GateRecord[], Refusal>>;
  putFreezeWindow(
    window: FreezeWindow,
    caller: Caller,
  ): Promise<Result<FreezeWindowRecord, Refusal>>;
  getFreezeWindow(name: string, caller: Caller): Promise<Result<FreezeWindowRecord, Refusal>>;
  listFreezeWindows(
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<FreezeWindowRecord>, Refusal>>;
  removeFreezeWindow(name: string, caller: Caller): Promise<Result<void, Refusal>>;
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

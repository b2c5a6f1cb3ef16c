import type {
  ClusterName,
  Duration,
  NamespaceName,
  Refusal,
  ReleaseId,
  Result,
  SecretName,
  ServiceName,
  SourceName,
  StrategyName,
  Version,
} from '@spillway/kernel';
import type { Release, ReleaseVerb, Strategy } from '@spillway/domain-release';
import type { ReleasePlan } from '../plan/release-plan.js';
import type { ProbeFinding } from '../port/cluster-link.js';
import type { ClusterRecord, NewCluster } from '../port/cluster-store.js';
import type { EgressRecord } from '../port/egress-store.js';
import type { Look, LookFilter } from '../port/measurement-store.js';
import type { Page, PageRequest } from '../port/page.js';
import type { PushedMeasurement } from '../port/pushed-store.js';
import type { ReleaseFilter, StoredEvent } from '../port/release-store.js';
import type { SecretRecord } from '../port/secret-store.js';
import type { NewService, ServiceRecord } from '../port/service-store.js';
import type { NewSource, SourceRecord } from '../port/source-store.js';
import type { StrategyRecord } from '../port/strategy-store.js';
import type { EgressReport } from './egress/egress-report.js';
import type { NewEgressPolicy } from './egress/next-egress-record.js';

/** Who asks. `idempotencyKey` makes a repeated request give the first one's outcome. */
export interface Caller {
  readonly actor: string;
  readonly idempotencyKey?: string;
}

export interface StartRelease extends Caller {
  readonly service: ServiceName;
  readonly candidate: Version;
  readonly strategy: StrategyName;
  readonly description: string;
  /** As a plan gave it: what is written then is what the plan showed, to the byte. Absent: a new one. */
  readonly id?: ReleaseId;
}

export interface CommandRelease extends Caller {
  readonly release: ReleaseId;
  readonly verb: ReleaseVerb;
  /** Why, in the words of who asks; may be empty. */
  readonly comment: string;
}

/** Says why traffic may be blocked, or why it does not matter that nobody knows. */
export interface AcceptBlocked {
  readonly acceptBlocked?: string;
}

export interface EnforceEgress extends Caller, AcceptBlocked {
  readonly namespace: NamespaceName;
  /** How far back traffic is looked for; a day, when it is not said. */
  readonly window?: Duration;
}

export interface RollbackEgress extends Caller {
  readonly namespace: NamespaceName;
  /** Why, in the words of who asks; may be empty. */
  readonly comment: string;
}

/** A measurement as it is sent; without `at` it is of the moment at which it arrives. */
export type NewMeasurement = Omit<PushedMeasurement, 'at'> & Partial<Pick<PushedMeasurement, 'at'>>;

export interface PushMeasurements extends Caller {
  readonly measurements: readonly NewMeasurement[];
  /** Whether it was sent as one or in a list: so its fields are called in a refusal. */
  readonly form: 'one' | 'list';
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
 * Everything that Spillway can do for a caller. REST, GraphQL, SDK and CLI are
 * four ways to call this; none of them holds a rule of its own. Each member is
 * one file of `use-case/`.
 */
export interface UseCases {
  putCluster(cluster: NewCluster, caller: Caller): Promise<Result<ClusterRecord, Refusal>>;
  getCluster(name: ClusterName): Promise<Result<ClusterStatus, Refusal>>;
  listClusters(page: PageRequest): Promise<Page<ClusterStatus>>;
  removeCluster(name: ClusterName, caller: Caller): Promise<Result<void, Refusal>>;
  probeCluster(name: ClusterName): Promise<Result<readonly ProbeFinding[], Refusal>>;

  putService(service: NewService, caller: Caller): Promise<Result<ServiceRecord, Refusal>>;
  getService(name: ServiceName): Promise<Result<ServiceRecord, Refusal>>;
  listServices(page: PageRequest): Promise<Page<ServiceRecord>>;

  putStrategy(
    strategy: Omit<Strategy, 'version'>,
    caller: Caller,
  ): Promise<Result<StrategyRecord, Refusal>>;
  getStrategy(name: StrategyName, version?: number): Promise<Result<StrategyRecord, Refusal>>;
  listStrategies(page: PageRequest): Promise<Page<StrategyRecord>>;

  putEgressPolicy(
    policy: NewEgressPolicy,
    caller: Caller & AcceptBlocked,
  ): Promise<Result<EgressRecord, Refusal>>;
  enforceEgress(command: EnforceEgress): Promise<Result<EgressRecord, Refusal>>;
  rollbackEgress(command: RollbackEgress): Promise<Result<EgressRecord, Refusal>>;
  getEgressPolicy(namespace: NamespaceName): Promise<Result<EgressStatus, Refusal>>;
  listEgressPolicies(page: PageRequest): Promise<Page<EgressRecord>>;
  reportEgress(namespace: NamespaceName, window?: Duration): Promise<Result<EgressReport, Refusal>>;

  putSecret(name: SecretName, text: string, caller: Caller): Promise<Result<SecretRecord, Refusal>>;
  listSecrets(page: PageRequest): Promise<Page<SecretRecord>>;
  removeSecret(name: SecretName, caller: Caller): Promise<Result<void, Refusal>>;

  putSource(source: NewSource, caller: Caller): Promise<Result<SourceRecord, Refusal>>;
  getSource(name: SourceName): Promise<Result<SourceRecord, Refusal>>;
  listSources(page: PageRequest): Promise<Page<SourceRecord>>;
  removeSource(name: SourceName, caller: Caller): Promise<Result<void, Refusal>>;

  /** All of them or, when one is wrong, none. Gives how many were taken. */
  pushMeasurements(command: PushMeasurements): Promise<Result<number, Refusal>>;

  /** What the release would write where, step by step. Writes nothing; an `id` of an earlier plan is kept. */
  planRelease(command: StartRelease): Promise<Result<ReleasePlan, Refusal>>;
  startRelease(command: StartRelease): Promise<Result<Release, Refusal>>;
  commandRelease(command: CommandRelease): Promise<Result<Release, Refusal>>;
  getRelease(id: ReleaseId): Promise<Result<Release, Refusal>>;
  listReleases(filter: ReleaseFilter, page: PageRequest): Promise<Page<Release>>;
  listEvents(
    id: ReleaseId,
    after: number,
    limit: number,
  ): Promise<Result<readonly StoredEvent[], Refusal>>;
  /** What was measured and concluded so far, the newest windows first. */
  listLooks(
    id: ReleaseId,
    filter: LookFilter,
    page: PageRequest,
  ): Promise<Result<Page<Look>, Refusal>>;
  /**
   * The release now and after each change, until it ends or the signal aborts.
   * Changes that come faster than the consumer reads are given as one.
   */
  watchRelease(
    id: ReleaseId,
    signal: AbortSignal,
  ): Promise<Result<AsyncIterable<Release>, Refusal>>;
}

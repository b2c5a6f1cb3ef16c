import type { Strategy } from '@spillway/domain-release';
import type {
  ClusterName,
  Refusal,
  Result,
  SecretName,
  ServiceName,
  SourceName,
  StrategyName,
} from '@spillway/kernel';
import type { Caller } from '../access/caller.js';
import type { ProbeFinding } from '../port/cluster-link.js';
import type { ClusterRecord, NewCluster } from '../port/cluster-store.js';
import type { Page, PageRequest } from '../port/page.js';
import type { PushedMeasurement } from '../port/pushed-store.js';
import type { SecretRecord } from '../port/secret-store.js';
import type { NewService, ServiceRecord, ServiceListing } from '../port/service-store.js';
import type { NewSource, SourceRecord } from '../port/source-store.js';
import type { StrategyRecord, StrategyReference } from '../port/strategy-store.js';

/** A measurement as it is sent; without `at` it is of the moment at which it arrives. */
export type NewMeasurement = Omit<PushedMeasurement, 'at'> & Partial<Pick<PushedMeasurement, 'at'>>;

export interface PushMeasurements {
  readonly measurements: readonly NewMeasurement[];
  /** Whether it was sent as one or in a list: so its fields are called in a refusal. */
  readonly form: 'one' | 'list';
}

/** A cluster with what this process, or else a worker, last saw of it. */
export interface ClusterStatus {
  readonly record: ClusterRecord;
  readonly state: 'ready' | 'connecting' | 'unreachable' | 'notConnected';
  readonly since?: number;
  readonly reason?: string;
}

/** Where releases happen, what is released, how, and what it is measured by. */
export interface TopologyUseCases {
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
  listServices(
    listing: ServiceListing,
    caller: Caller,
  ): Promise<Result<Page<ServiceRecord>, Refusal>>;
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
  putSecret(name: SecretName, text: string, caller: Caller): Promise<Result<SecretRecord, Refusal>>;
  listSecrets(page: PageRequest, caller: Caller): Promise<Result<Page<SecretRecord>, Refusal>>;
  removeSecret(name: SecretName, caller: Caller): Promise<Result<void, Refusal>>;
  putSource(source: NewSource, caller: Caller): Promise<Result<SourceRecord, Refusal>>;
  getSource(name: SourceName, caller: Caller): Promise<Result<SourceRecord, Refusal>>;
  listSources(page: PageRequest, caller: Caller): Promise<Result<Page<SourceRecord>, Refusal>>;
  removeSource(name: SourceName, caller: Caller): Promise<Result<void, Refusal>>;
  /** All of them or, when one is wrong, none. Gives how many were taken. */
  pushMeasurements(command: PushMeasurements, caller: Caller): Promise<Result<number, Refusal>>;
}

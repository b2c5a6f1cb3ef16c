import type { ClusterName, Duration, NamespaceName, Refusal, Result } from '@spillway/kernel';
import type { Caller } from '../../access/caller.js';
import type { EgressRecord } from '../../port/egress-store.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { EgressReport } from './egress-report.js';
import type { NewEgressPolicy } from './next-egress-record.js';

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

/** What workloads may reach outside. */
export interface EgressUseCases {
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
}

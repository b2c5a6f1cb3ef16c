import type { AllowedEgress, EgressMode, WantedMode } from '@spillway/domain-egress';
import type { ClusterName, Generation, Instant, NamespaceName } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** A policy in one cluster. */
export interface EgressRollout {
  readonly cluster: ClusterName;
  /** `off`: the policy has left the cluster, and its objects there are to go. */
  readonly mode: WantedMode;
  /** The generation that was last read back whole. */
  readonly applied?: Generation;
  readonly appliedAt?: Instant;
  /** Why the policy's generation is not applied yet. */
  readonly because?: string;
}

/** What a namespace may reach outside the mesh. */
export interface EgressRecord {
  readonly namespace: NamespaceName;
  readonly clusters: readonly ClusterName[];
  readonly mode: EgressMode;
  readonly allow: readonly AllowedEgress[];
  /** Counts the changes. */
  readonly generation: Generation;
  /** Who made the last change, and why. */
  readonly changedBy: string;
  readonly because: string;
  /** Why somebody let it be enforced though traffic would be blocked, or nobody knew. */
  readonly accepted?: string;
  /** Of its clusters in their order, then of those that it leaves. */
  readonly rollouts: readonly EgressRollout[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface EgressStore {
  get(namespace: NamespaceName): Promise<EgressRecord | undefined>;
  /** Like `get`, and no other transaction can lock the namespace, with or without a policy, until this one ends. */
  lock(namespace: NamespaceName): Promise<EgressRecord | undefined>;
  /** In the order of their namespaces. */
  list(page: PageRequest): Promise<Page<EgressRecord>>;
  /** Adds it, or replaces the one of that namespace, rollouts and all. Lock it first. */
  save(record: EgressRecord): Promise<void>;
  /**
   * Notes what became of a generation in a cluster: applied at a moment, or why not.
   * A rollout that is `off` is forgotten once it is applied. No effect when the
   * policy has another generation by now.
   */
  note(
    namespace: NamespaceName,
    cluster: ClusterName,
    generation: Generation,
    outcome: { readonly appliedAt: Instant } | { readonly because: string },
  ): Promise<void>;
  /** Namespaces of which something is still to be written in this cluster, in their order. */
  unsettledIn(cluster: ClusterName): Promise<readonly NamespaceName[]>;
  /** Policies that are in the cluster, or are just leaving it. */
  countIn(cluster: ClusterName): Promise<number>;
}

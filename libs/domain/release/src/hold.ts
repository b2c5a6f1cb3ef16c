import type { ClusterName, Instant } from '@spillway/kernel';

/** Why a release waits though nobody paused it. */
export type HoldReason =
  | {
      readonly kind: 'clusterUnreachable';
      readonly clusters: readonly ClusterName[];
      readonly detail: string;
    }
  /** A freeze window is in force; the candidate gets no more, and nothing is taken away. */
  | {
      readonly kind: 'frozen';
      readonly windows: readonly string[];
      readonly clusters: readonly ClusterName[];
      readonly detail: string;
      /** When the first of them ends; absent where none has an end. */
      readonly until?: Instant;
    }
  /** The next step would give the candidate more than the plan's limits. A promotion goes beyond them. */
  | {
      readonly kind: 'limitReached';
      readonly clusters: readonly ClusterName[];
      readonly detail: string;
    }
  /** A hook does not agree to the candidate getting more. */
  | {
      readonly kind: 'hookClosed';
      readonly hook: string;
      readonly clusters: readonly ClusterName[];
      readonly detail: string;
    }
  /** Nobody knows whether it does. */
  | {
      readonly kind: 'hookUnanswered';
      readonly hook: string;
      readonly clusters: readonly ClusterName[];
      readonly detail: string;
    }
  | { readonly kind: 'noReadyEndpoints'; readonly cluster: ClusterName; readonly detail: string }
  | { readonly kind: 'foreignRouting'; readonly cluster: ClusterName; readonly detail: string }
  /** Somebody changed the routing of a service that does not want it healed, or keeps changing it. `resume` writes it again. */
  | { readonly kind: 'drift'; readonly cluster: ClusterName; readonly detail: string }
  | { readonly kind: 'writeRefused'; readonly cluster: ClusterName; readonly detail: string }
  /** The proxies of a cluster are too long in getting what its API server has. */
  | { readonly kind: 'notDistributed'; readonly cluster: ClusterName; readonly detail: string }
  /** Requests are not split as programmed, so the versions cannot be compared. `resume` counts anew. */
  | { readonly kind: 'splitNotInForce'; readonly cluster: ClusterName; readonly detail: string }
  /** A bake came to its end without the traffic that it needs, or an analysis gets none. `resume` takes it as done. */
  | { readonly kind: 'inconclusive'; readonly cluster: ClusterName; readonly detail: string }
  | { readonly kind: 'noData'; readonly cluster: ClusterName; readonly detail: string }
  | { readonly kind: 'metricsFailing'; readonly cluster: ClusterName; readonly detail: string };

/** Where it waits. */
export const clustersOfHold = (reason: HoldReason): readonly ClusterName[] =>
  'clusters' in reason ? reason.clusters : [reason.cluster];

/** What a rule gives instead of a decision when the release must wait and say why. */
export interface Held {
  readonly hold: HoldReason;
}

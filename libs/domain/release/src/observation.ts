import type { Measurement } from '@spillway/domain-analysis';
import type { ClusterName, Generation, Instant } from '@spillway/kernel';

/** What was seen of one cluster. Comes from a watch: looking costs no call. */
export type ClusterSeen =
  | { readonly kind: 'unreachable'; readonly since: Instant; readonly reason: string }
  | {
      readonly kind: 'reachable';
      /** Set when the live objects are exactly what this generation should be, since `at`. */
      readonly inForce?: { readonly generation: Generation; readonly at: Instant };
      /** Ready endpoints of each version; `undefined` while the watch is still filling. */
      readonly candidateEndpoints: number | undefined;
      readonly stableEndpoints: number | undefined;
      /** Somebody else's object claims the host. */
      readonly foreign?: string;
      /** The API server refused the last write: its words. */
      readonly refused?: string;
      /** Routing that was in force and no longer is, and who changed it. */
      readonly drift?: string;
    };

/** All that `decide` may look at besides the release and the time. */
export interface Observation {
  readonly clusters: ReadonlyMap<ClusterName, ClusterSeen>;
  /** Of the current step. */
  readonly measurements: readonly Measurement[];
}

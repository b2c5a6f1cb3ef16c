import type { Measurement, Sampling } from '@spillway/domain-analysis';
import type { ClusterName, Generation, Instant } from '@spillway/kernel';
import type { GateState } from './gate/gate.js';
import type { HookAnswer } from './hook/hook.js';

/** What was seen of one cluster. Comes from a watch: looking costs no call. */
export type ClusterSeen =
  | { readonly kind: 'unreachable'; readonly since: Instant; readonly reason: string }
  /** The first look is not complete: nothing is known, and nothing is concluded. */
  | { readonly kind: 'connecting' }
  | {
      readonly kind: 'reachable';
      /** The generation whose routing is exactly what the cluster holds; absent when none of ours is. */
      readonly inForce?: Generation;
      /** Ready endpoints of each version; `undefined` while the watch is still filling. */
      readonly candidateEndpoints: number | undefined;
      readonly stableEndpoints: number | undefined;
      /** Somebody else's object claims the host. */
      readonly foreign?: string;
      /** Who wrote last, and what differs; told when routing that was in force no longer is. */
      readonly drift?: string;
    };

/** A freeze window that is in force, where it concerns the release. */
export interface Freeze {
  readonly window: string;
  readonly clusters: readonly ClusterName[];
  /** Absent: it has no end. */
  readonly until?: Instant;
  /** Why, in the words of who wrote it; may be empty. */
  readonly because: string;
}

/** What is known of gates at this moment. */
export interface GatesSeen {
  /** SHA-256, hex, of the plan's canonical JSON: what approvals are bound to. */
  readonly plan: string;
  /** What somebody made of gates that are opened by hand. */
  readonly manual: ReadonlyMap<string, GateState>;
}

/** All that `decide` may look at besides the release and the time. */
export interface Observation {
  readonly clusters: ReadonlyMap<ClusterName, ClusterSeen>;
  /** Of the current step. */
  readonly measurements: readonly Measurement[];
  /** Counted requests are split by our weights alone. Absent: people's routes, or pods, have a say. */
  readonly isSplitByUs?: boolean;
  /** How metrics come about in the clusters; absent: without delay. */
  readonly sampling?: ReadonlyMap<ClusterName, Sampling>;
  /** Freeze windows in force at this moment. Absent: none. */
  readonly freezes?: readonly Freeze[];
  /** Absent: nothing is known, and no gate is passed. */
  readonly gates?: GatesSeen;
  /** Of hooks that are asked. Absent: none answered yet. */
  readonly hookAnswers?: readonly HookAnswer[];
}

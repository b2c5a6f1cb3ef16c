import type { ShownSum } from '@spillway/domain-analysis';
import type { Exposure } from '@spillway/domain-traffic';
import type {
  ClusterName,
  Generation,
  Instant,
  ReleaseId,
  ServiceName,
  StrategyName,
  Version,
} from '@spillway/kernel';
import type { Approval, Awaiting, PassedGate } from './gate/gate.js';
import type { HoldReason } from './hold.js';
import type { Phase } from './phase.js';
import type { Plan } from './plan.js';

/** One release in one cluster: what it should have, and what it was seen to have. */
export interface Rollout {
  readonly cluster: ClusterName;
  readonly wave: number;
  readonly desired: { readonly generation: Generation } & Exposure;
  /** Absent until the cluster read back the desired generation. */
  readonly applied?: { readonly generation: Generation; readonly at: Instant };
  /** Absent until every proxy that routes the service was seen to have what was applied. */
  readonly distributed?: { readonly at: Instant; readonly proxies: number };
  /** Which proxies are long in getting it, or why nobody can say. Over when all have it. */
  readonly delayed?: string;
  /** Absent until counted requests were seen to be split as what was applied says. */
  readonly observed?: { readonly at: Instant; readonly detail: string };
  /** The API server's words when it refused the last write of the desired traffic. */
  readonly refused?: string;
  /** Who changed the routing, and how, where it is not to be healed unasked. Over when it is as desired again. */
  readonly drifted?: string;
  /** How often it was changed and written again, since the first of those times. */
  readonly healed?: { readonly times: number; readonly since: Instant };
}

/** Where the plan stands. `index` equals the number of steps once the last one is done. */
export interface Cursor {
  readonly index: number;
  /** False between the end of the step before and the beginning of this one. */
  readonly started: boolean;
  /** When it began, or was resumed; what was measured earlier does not count. */
  readonly enteredAt: Instant;
}

/** What comparisons have shown in the measured steps that are over. */
export interface Shown {
  readonly steps: number;
  readonly sums: readonly ShownSum[];
  /** Of the first plan, where the strategy was changed: what may be spent was shared out among so many steps. */
  readonly planned?: number;
}

/** One time of a window that does not count for the release; the next one does again. */
export interface OverriddenFreeze {
  readonly window: string;
  readonly until?: Instant;
}

/** Why there is this release: another one is done again, or undone. */
export interface Follows {
  readonly verb: 'retry' | 'undo';
  readonly release: ReleaseId;
}

/** The immutable intent and its progress. Folding its events from the first gives exactly this. */
export interface Release {
  readonly id: ReleaseId;
  readonly service: ServiceName;
  readonly stable: Version;
  readonly candidate: Version;
  readonly strategy: { readonly name: StrategyName; readonly version: number };
  readonly plan: Plan;
  readonly requestedBy: string;
  /** Why it was asked for, in the words of who asked. Empty when nothing was said. */
  readonly description: string;
  readonly createdAt: Instant;
  /** Absent where somebody asked for the version itself. */
  readonly follows?: Follows;

  readonly phase: Phase;
  /** The phase that goes on when the hold ends. Present exactly while `phase` is `held`. */
  readonly held?: { readonly from: Phase; readonly reason: HoldReason; readonly since: Instant };
  /** What `resume` goes back to, and when a timed pause ends. Present exactly while `phase` is `paused`. */
  readonly paused?: { readonly from: Phase; readonly since: Instant; readonly until?: Instant };
  /** The reason for the last decision. */
  readonly because: string;
  readonly cursor: Cursor;
  /** Somebody's word that bakes, analyses and pauses before this step are not waited for. */
  readonly skipTo?: number;
  /** Somebody's word that it has succeeded as soon as it has all traffic. */
  readonly isFull?: true;
  /** The release that takes its place once its traffic is taken back. */
  readonly supersededBy?: ReleaseId;
  /** The last generation that was given out. */
  readonly generation: Generation;
  readonly rollouts: readonly Rollout[];
  /** Absent until a measured step is over. */
  readonly shown?: Shown;
  /** The gate that it waits at. Present exactly while its running phase is `awaitingApproval`. */
  readonly awaiting?: Awaiting & { readonly from: Phase };
  /** Every approval that was not voided, also those that expired. */
  readonly approvals?: readonly Approval[];
  readonly passedGates?: readonly PassedGate[];
  /** Freeze windows that somebody overrode for this release, and until when. */
  readonly overriddenFreezes?: readonly OverriddenFreeze[];
  /** Number of events so far. A save from a stale revision is refused. */
  readonly revision: number;
  readonly endedAt?: Instant;
}

/** The phase that a hold interrupted, or else the phase itself. */
export const runningPhase = ({ held, phase }: Release): Phase => held?.from ?? phase;

/** The phase that a hold or a pause interrupted, or else the phase itself. */
export const interruptedPhase = ({ held, paused, phase }: Release): Phase =>
  held?.from ?? paused?.from ?? phase;

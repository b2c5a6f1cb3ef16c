import type { Verdict } from '@spillway/domain-analysis';
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
import type { GatePlace } from './gate/gate.js';
import type { HoldReason } from './hold.js';
import type { Plan } from './plan.js';
import type { Follows, OverriddenFreeze } from './release.js';

/** Desired traffic of some clusters; the only thing that changes desired traffic. */
export interface TrafficChange {
  readonly generation: Generation;
  readonly clusters: readonly ({ readonly cluster: ClusterName } & Exposure)[];
}

/** Both, so that the history says what became of what. */
export interface StrategyChange<T> {
  readonly from: T;
  readonly to: T;
}

/** What happened. Each kind is folded by `evolve`; `docs/architecture.md` lists them. */
export type ReleaseFact =
  | {
      readonly type: 'created';
      readonly id: ReleaseId;
      readonly service: ServiceName;
      readonly stable: Version;
      readonly candidate: Version;
      readonly strategy: { readonly name: StrategyName; readonly version: number };
      readonly plan: Plan;
      readonly description: string;
      /** The service's last generation; this release counts on from it. */
      readonly generation: Generation;
      /** It waits until its service is free; what it is made of now may be other then. */
      readonly queued?: true;
      /** The release that it does again, or undoes. */
      readonly follows?: Follows;
    }
  /** Its service is free: this is what it is made of. */
  | {
      readonly type: 'begun';
      readonly stable: Version;
      readonly strategy: { readonly name: StrategyName; readonly version: number };
      readonly plan: Plan;
      readonly generation: Generation;
    }
  | { readonly type: 'preparationStarted'; readonly traffic: TrafficChange }
  | { readonly type: 'prepared' }
  | { readonly type: 'stepStarted'; readonly index: number }
  | { readonly type: 'trafficShifted'; readonly traffic: TrafficChange }
  | {
      readonly type: 'stepCompleted';
      readonly index: number;
      readonly verdicts?: readonly Verdict[];
    }
  /** Taken as done by somebody's word. */
  | { readonly type: 'stepSkipped'; readonly index: number }
  /** An earlier step begins again; weights are what they may be there, or less. */
  | {
      readonly type: 'wentBack';
      readonly index: number;
      /** Steps before this one are not waited for. */
      readonly skipTo: number;
      readonly traffic: TrafficChange;
    }
  /** One wave has stable alone again, and stands before its first step until somebody resumes. */
  | {
      readonly type: 'waveTakenBack';
      readonly wave: number;
      readonly index: number;
      readonly traffic: TrafficChange;
      readonly verdicts?: readonly Verdict[];
    }
  /** Steps before this one are not waited for; their traffic is given in order. */
  | { readonly type: 'wentAhead'; readonly skipTo: number }
  /** Another plan from now on. Takes away what that does not know, and gives nothing. */
  | {
      readonly type: 'strategyChanged';
      readonly strategy: StrategyChange<{ readonly name: StrategyName; readonly version: number }>;
      readonly plan: StrategyChange<Plan>;
      /** The step of the new plan that begins; absent before the first step. */
      readonly index?: number;
      readonly traffic: TrafficChange;
    }
  /** Other clusters from now on. Who joins gets the routing of stable alone. */
  | {
      readonly type: 'clustersChanged';
      readonly joined: readonly ClusterName[];
      readonly left: readonly ClusterName[];
      readonly traffic: TrafficChange;
    }
  | {
      readonly type: 'trafficApplied';
      readonly cluster: ClusterName;
      readonly generation: Generation;
    }
  /** Each proxy that routes the service has the routing. */
  | {
      readonly type: 'trafficDistributed';
      readonly cluster: ClusterName;
      readonly generation: Generation;
      readonly proxies: number;
    }
  /** Some proxies are long in getting it, or nobody can say; told once for a generation. */
  | {
      readonly type: 'trafficDelayed';
      readonly cluster: ClusterName;
      readonly generation: Generation;
      readonly detail: string;
    }
  /** Counted requests are split as the routing says. */
  | {
      readonly type: 'trafficObserved';
      readonly cluster: ClusterName;
      readonly generation: Generation;
      readonly detail: string;
    }
  | {
      readonly type: 'writeRefused';
      readonly cluster: ClusterName;
      readonly generation: Generation;
      readonly detail: string;
    }
  | {
      readonly type: 'driftFound';
      readonly cluster: ClusterName;
      readonly generation: Generation;
      /** Who made what of it. Set when it is not written again unasked: the service wants that, or somebody keeps changing it. */
      readonly detail?: string;
    }
  | { readonly type: 'held'; readonly reason: HoldReason }
  | { readonly type: 'released' }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  /** Waits at a gate from now on. */
  | ({ readonly type: 'gateReached' } & GatePlace)
  | ({
      readonly type: 'approved';
      readonly roles: readonly string[];
      readonly plan: string;
      readonly until?: Instant;
    } & GatePlace)
  /** Takes the approvals of that gate back too. What it leads to is an event of its own. */
  | ({ readonly type: 'rejected'; readonly plan: string } & GatePlace)
  | ({ readonly type: 'gatePassed'; readonly plan: string } & GatePlace)
  /** Without having passed: it is not in the way any more. */
  | { readonly type: 'gateLeft' }
  /** The plan is another one than what was approved. */
  | { readonly type: 'approvalsVoided'; readonly plan: string; readonly by: readonly string[] }
  | { readonly type: 'freezeOverridden'; readonly freezes: readonly OverriddenFreeze[] }
  /** `full`: without the bake after it. */
  | { readonly type: 'promotionStarted'; readonly full?: true }
  /** The bake after the promotion is not waited for. */
  | { readonly type: 'bakeWaived' }
  | { readonly type: 'bakeStarted' }
  | { readonly type: 'succeeded'; readonly verdicts?: readonly Verdict[] }
  | {
      readonly type: 'rollbackStarted';
      readonly traffic: TrafficChange;
      readonly verdicts?: readonly Verdict[];
      /** The release that takes its place. */
      readonly supersededBy?: ReleaseId;
    }
  | { readonly type: 'rolledBack' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'superseded'; readonly by: ReleaseId };

/** A fact with its reason, its author and its moment. Stored append-only and hash-chained. */
export type ReleaseEvent = ReleaseFact & {
  /** One sentence that a person on call understands. */
  readonly because: string;
  /** A person, a token's name, or `spillway` for what the loop decided. */
  readonly actor: string;
  readonly at: Instant;
};

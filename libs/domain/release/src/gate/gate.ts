import type { Duration, Instant } from '@spillway/kernel';

/** Who has to say yes before a release goes past a gate. */
export interface ApprovalPolicy {
  /** How many different people, or tokens. */
  readonly count: number;
  /** Who has one of these roles where the release is may approve. Neither roles nor people: approvers and admins. */
  readonly roles?: readonly string[];
  /** So may these, by name. */
  readonly people?: readonly string[];
  /** `false`: not who had a hand in what is released, by whatever role. */
  readonly selfApproval?: boolean;
  /** An approval counts for so long; absent: until the plan is another one. */
  readonly expiresAfter?: Duration;
  /** What a rejection does. Absent: roll back. */
  readonly onReject?: 'rollback' | 'pause';
}

/** A point of a plan that a release does not pass by itself. */
export type Gate =
  | { readonly name: string; readonly approvals: ApprovalPolicy }
  /** Open or closed by hand, for its service; as given here until somebody says something. */
  | { readonly name: string; readonly manual: GateState };

export type GateState = 'open' | 'closed';

/** Which gate of which wave: each wave passes its own. */
export interface GatePlace {
  readonly gate: string;
  readonly wave: number;
}

/** Somebody's yes to one plan, bound to what the plan was: a changed plan voids it. */
export interface Approval extends GatePlace {
  readonly by: string;
  /** The roles that they had where the release is. */
  readonly roles: readonly string[];
  readonly at: Instant;
  /** SHA-256, hex, of the plan's canonical JSON. */
  readonly plan: string;
  /** When it stops to count; absent: never. */
  readonly until?: Instant;
}

/** A gate that let this plan pass; it is not asked again. */
export interface PassedGate extends GatePlace {
  readonly at: Instant;
  readonly plan: string;
}

/** The gate that a release waits at. */
export interface Awaiting extends GatePlace {
  readonly since: Instant;
}

export const isAt = (a: GatePlace, b: GatePlace): boolean => a.gate === b.gate && a.wave === b.wave;

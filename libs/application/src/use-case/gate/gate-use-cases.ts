import type { FreezeWindow } from '@spillway/domain-freeze';
import type { Approval, GatePlace, Release } from '@spillway/domain-release';
import type { Instant, Refusal, ReleaseId, Result, ServiceName } from '@spillway/kernel';
import type { Caller } from '../../access/caller.js';
import type { FreezeWindowRecord } from '../../port/freeze-window-store.js';
import type { GateRecord } from '../../port/gate-store.js';
import type { Page, PageRequest } from '../../port/page.js';

/** A yes or a no at a gate of a release. */
export interface JudgeRelease {
  readonly release: ReleaseId;
  /** Absent: the next one that wants approvals. */
  readonly gate?: string;
  /** Digest of the plan that was read; refused when it is another one by now. Absent: whatever it is. */
  readonly plan?: string;
  /** Why, in the words of who asks; may be empty. */
  readonly comment: string;
}

/** A gate that waits for an approval of somebody. */
export interface ApprovalWaiting {
  readonly release: Release;
  readonly gate: GatePlace;
  readonly since: Instant;
  /** Digest of the plan that is to be approved. */
  readonly plan: string;
  /** Those that count already, of as many as are wanted. */
  readonly approvals: readonly Approval[];
  readonly wanted: number;
}

export interface OverrideFreeze {
  readonly release: ReleaseId;
  /** Why it cannot wait, in the words of who asks; never empty. */
  readonly reason: string;
}

export type SetGate = Pick<GateRecord, 'service' | 'gate' | 'state' | 'comment'>;

/** What a release waits for: people, gates and freeze windows. */
export interface GateUseCases {
  /** A yes at a gate, of the plan as it is now; again it changes nothing. */
  approveRelease(input: JudgeRelease, caller: Caller): Promise<Result<Release, Refusal>>;
  /** A no at a gate: rolls back, or does what the gate says. */
  rejectRelease(input: JudgeRelease, caller: Caller): Promise<Result<Release, Refusal>>;
  /** Gates that wait for an approval of this caller, the oldest release first. */
  listApprovalsWaiting(caller: Caller): Promise<Result<readonly ApprovalWaiting[], Refusal>>;
  /** Freeze windows that are in force now do not count for this release, until they end. */
  overrideFreeze(input: OverrideFreeze, caller: Caller): Promise<Result<Release, Refusal>>;
  /** Opens or closes a gate of a service, for all of its releases. */
  setGate(input: SetGate, caller: Caller): Promise<Result<GateRecord, Refusal>>;
  /** The gates of a service that somebody opened or closed, in the order of their names. */
  listGates(service: ServiceName, caller: Caller): Promise<Result<readonly GateRecord[], Refusal>>;
  putFreezeWindow(
    window: FreezeWindow,
    caller: Caller,
  ): Promise<Result<FreezeWindowRecord, Refusal>>;
  getFreezeWindow(name: string, caller: Caller): Promise<Result<FreezeWindowRecord, Refusal>>;
  listFreezeWindows(
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<FreezeWindowRecord>, Refusal>>;
  removeFreezeWindow(name: string, caller: Caller): Promise<Result<void, Refusal>>;
}

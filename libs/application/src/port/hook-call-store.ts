import type { HookAnswer, HookOutcome, HookPoint } from '@spillway/domain-release';
import type { Instant, ReleaseId } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** A question to a hook and its answer, or something that it was told. */
export interface HookCall {
  readonly hook: string;
  readonly point: HookPoint;
  /** Among the calls of this hook for this release, from 0. */
  readonly ordinal: number;
  /** What it was about: see `slotOf`; for events their sequence number. */
  readonly slot: string;
  /** `webhook-id` of the last one; the same for all attempts. */
  readonly id: string;
  /** `underWay` until it is answered, or given up. */
  readonly state: HookOutcome | 'underWay';
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** What came of it, for a person; of the attempt before while it is under way. */
  readonly detail: string;
  /** Of the last one; more than one where it was repeated. */
  readonly attempts: number;
  /** How often it was asked, and answered the same, in a row. */
  readonly times: number;
  readonly firstAt: Instant;
  /** When it was answered last, or when the attempt began that is under way. */
  readonly at: Instant;
  /** Of the last attempt. */
  readonly tookMs: number;
  /** While it is under way and waits for its next attempt. */
  readonly retryAt?: Instant;
}

export interface HookCallFilter {
  readonly hook?: string;
}

export interface HookCallStore {
  /** Adds it, or replaces the one of the same release, hook and ordinal. */
  put(release: ReleaseId, call: HookCall): Promise<void>;
  /** No effect when it is not there. */
  remove(release: ReleaseId, hook: string, ordinal: number): Promise<void>;
  /** The last `limit` of one hook, in their order. */
  last(release: ReleaseId, hook: string, limit: number): Promise<readonly HookCall[]>;
  /** What hooks answered that are asked, in the order of hooks and calls. */
  answers(release: ReleaseId): Promise<readonly HookAnswer[]>;
  /** The newest first. */
  list(release: ReleaseId, filter: HookCallFilter, page: PageRequest): Promise<Page<HookCall>>;
}

import type { Verdict } from '@spillway/domain-analysis';
import type { HoldReason, Phase } from '@spillway/domain-release';
import type { ClusterName } from '@spillway/kernel';
import type { Job } from './job-queue.js';

/** What a cluster was brought to have: a change of the plan, the way back, or what somebody had changed. */
export type AppliedFor = 'shift' | 'rollback' | 'heal';

/**
 * Something that is counted. It names neither a release nor a service: those come and go without
 * end, while clusters are what operators have added, and all else is a list in the code.
 */
export type Occurrence =
  /** Without `from` it is new. */
  | { readonly kind: 'moved'; readonly from?: Phase; readonly to: Phase }
  | { readonly kind: 'held'; readonly reason: HoldReason['kind'] }
  | { readonly kind: 'judged'; readonly verdict: Verdict['kind'] }
  | { readonly kind: 'writeRefused'; readonly cluster: ClusterName }
  | { readonly kind: 'driftFound'; readonly cluster: ClusterName; readonly isHealed: boolean }
  /** From the decision to the cluster having been seen to have it. */
  | {
      readonly kind: 'applied';
      readonly cluster: ClusterName;
      readonly applied: AppliedFor;
      readonly ms: number;
    }
  /** From there to every proxy having it. */
  | { readonly kind: 'distributed'; readonly cluster: ClusterName; readonly ms: number }
  /** From the decision to the last cluster. */
  | { readonly kind: 'tookBack'; readonly ms: number }
  /** `busy`: another worker was at the same subject, and the job comes again at once. */
  | {
      readonly kind: 'ran';
      readonly job: Job['kind'];
      readonly outcome: 'done' | 'failed' | 'busy';
      /** From the moment for which it was planned to the one in which it was taken, both on the database's clock. */
      readonly lateMs: number;
      readonly ms: number;
    }
  | {
      readonly kind: 'called';
      readonly cluster: ClusterName;
      readonly verb: 'get' | 'watch' | 'post' | 'patch' | 'delete';
      readonly outcome: 'ok' | 'conflict' | 'refused' | 'failed' | 'unanswered';
      readonly ms: number;
    }
  | { readonly kind: 'queried'; readonly outcome: 'ok' | 'failed'; readonly ms: number };

/** Told of what happened. It returns at once and never throws: nothing may wait for it or fail by it. */
export interface Meter {
  note(occurrence: Occurrence): void;
}

/** For whom nobody counts. */
export const noMeter: Meter = { note: () => undefined };

import type { PassedBy, Trigger } from '@spillway/domain-rule';
import type { DeliveryId, Instant, ReleaseId, RuleName, WebhookName } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** What became of a delivery. */
export type ReceivedOutcome =
  /** A worker will look at it. */
  | { readonly state: 'pending' }
  /** It tells of nothing that rules are about. */
  | { readonly state: 'ignored'; readonly because: string }
  /** No rule wanted it. */
  | {
      readonly state: 'unmatched';
      readonly because: string;
      readonly passedBy: readonly PassedBy[];
    }
  /** A rule wanted it, and no release could be started. */
  | {
      readonly state: 'refused';
      readonly rule: RuleName;
      readonly because: string;
      readonly passedBy: readonly PassedBy[];
    }
  | {
      readonly state: 'released';
      /** Absent where it was removed before this could be noted. */
      readonly rule?: RuleName;
      readonly release: ReleaseId;
      readonly passedBy: readonly PassedBy[];
    };

/** A delivery that came in, and was what it said it was. */
export interface ReceivedDelivery {
  readonly id: DeliveryId;
  readonly webhook: WebhookName;
  /** The sender’s id of it; absent where it has none. */
  readonly key?: string;
  /** Of what was signed; absent where nothing of the delivery itself is. */
  readonly fingerprint?: string;
  readonly event: string;
  readonly trigger?: Trigger;
  readonly outcome: ReceivedOutcome;
  readonly receivedAt: Instant;
  /** When it got its outcome. */
  readonly settledAt?: Instant;
}

export interface ReceivedFilter {
  readonly webhook?: WebhookName;
  readonly state?: ReceivedOutcome['state'];
  /** Only the one that this release came of. */
  readonly release?: ReleaseId;
}

export interface ReceivedStore {
  get(id: DeliveryId): Promise<ReceivedDelivery | undefined>;
  /** Like `get`, and no other transaction can lock or save it until this one ends. */
  lock(id: DeliveryId): Promise<ReceivedDelivery | undefined>;
  /**
   * Keeps it, unless its webhook has one of the same key or the same fingerprint: then
   * gives that one. Waits for a transaction that is just adding such a one.
   */
  add(delivery: ReceivedDelivery): Promise<ReceivedDelivery>;
  /** Replaces what became of it. */
  settle(id: DeliveryId, outcome: ReceivedOutcome, at: Instant): Promise<void>;
  /** The newest first. */
  list(filter: ReceivedFilter, page: PageRequest): Promise<Page<ReceivedDelivery>>;
}

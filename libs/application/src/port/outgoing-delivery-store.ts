import type { Notice } from '@spillway/domain-notification';
import type { DeliveryId, Duration, Instant, NotificationName, ReleaseId } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** `dead`: given up; it stays until somebody has it delivered again, or it is forgotten. */
export const outgoingStates = ['pending', 'delivered', 'dead'] as const;
export type OutgoingState = (typeof outgoingStates)[number];

/** One try to deliver. */
export interface DeliveryAttempt {
  readonly at: Instant;
  readonly took: Duration;
  /** What was answered over HTTP, or by a mail server. Absent where nothing was. */
  readonly status?: number;
  /** Why it failed; absent where it did not. Holds no secret. */
  readonly because?: string;
}

/** What one endpoint is told of one event. */
export interface OutgoingDelivery {
  readonly id: DeliveryId;
  readonly endpoint: NotificationName;
  readonly notice: Notice;
  readonly state: OutgoingState;
  /** When the event was noticed, or when somebody last asked for it again. */
  readonly queuedAt: Instant;
  readonly createdAt: Instant;
  /** Not tried before. Of one that has ended: when it ended. */
  readonly dueAt: Instant;
  /** Since it was queued. */
  readonly tries: number;
  /** All there were, in their order. */
  readonly attempts: readonly DeliveryAttempt[];
}

export type NewOutgoingDelivery = Pick<OutgoingDelivery, 'id' | 'endpoint' | 'notice'>;

export interface OutgoingDeliveryFilter {
  readonly endpoint?: NotificationName;
  readonly release?: ReleaseId;
  readonly state?: OutgoingState;
}

/** What becomes of a delivery that was tried. */
export interface Tried {
  readonly attempt: DeliveryAttempt;
  readonly state: OutgoingState;
  readonly dueAt: Instant;
}

/** Of an endpoint as a whole: after a failure that is not one message's, nothing is sent until then. */
export interface EndpointRest {
  readonly failures: number;
  readonly until: Instant;
}

export interface OutgoingDeliveryStore {
  /** How far the history of a release has been made deliveries of; 0 at first. */
  noticedUpTo(release: ReleaseId): Promise<number>;
  /** Once for an endpoint and an event: what is there already is left as it is. In this order. */
  add(deliveries: readonly NewOutgoingDelivery[]): Promise<void>;
  setNoticedUpTo(release: ReleaseId, sequence: number): Promise<void>;

  get(id: DeliveryId): Promise<OutgoingDelivery | undefined>;
  /** Newest first. */
  list(filter: OutgoingDeliveryFilter, page: PageRequest): Promise<Page<OutgoingDelivery>>;

  /**
   * Of what is pending for an endpoint, the first of each release, by when it is due: the others
   * wait for it, so that a release is told in its order. At most `limit`.
   */
  heads(endpoint: NotificationName, limit: number): Promise<readonly OutgoingDelivery[]>;
  /** No effect when it is not pending any more, or not there. */
  tried(id: DeliveryId, outcome: Tried): Promise<void>;
  rest(endpoint: NotificationName): Promise<EndpointRest | undefined>;
  /** `undefined` ends it. */
  setRest(endpoint: NotificationName, rest: EndpointRest | undefined): Promise<void>;

  /** Pending again, and due at once, in its old place. */
  requeue(id: DeliveryId): Promise<void>;
  /** What is pending since before becomes dead. Gives how many. */
  giveUp(endpoint: NotificationName, before: Instant): Promise<number>;
  /** Removes some of those that ended before. */
  forget(before: Instant): Promise<void>;
}

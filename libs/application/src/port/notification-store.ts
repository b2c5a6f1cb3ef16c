import type { Channel, NoticeFilter } from '@spillway/domain-notification';
import type { ReleaseEvent } from '@spillway/domain-release';
import type { Instant, NotificationName, SecretName, ServiceName } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** Somebody who is told what happens to releases. Names secrets, and holds none. */
export interface NotificationEndpoint {
  readonly name: NotificationName;
  readonly channel: Channel;
  readonly filter: NoticeFilter;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** It is told of what happens from here on: when it was put first, or with another filter. */
  readonly since: Instant;
}

export type NewNotificationEndpoint = Pick<NotificationEndpoint, 'name' | 'channel' | 'filter'>;

/** What is known of events before they are notices. */
export interface Happened {
  readonly service: ServiceName;
  readonly types: readonly ReleaseEvent['type'][];
}

export interface NotificationStore {
  get(name: NotificationName): Promise<NotificationEndpoint | undefined>;
  /** Like `get`, and no other transaction can lock, put or remove it until this one ends. */
  lock(name: NotificationName): Promise<NotificationEndpoint | undefined>;
  /** In the order of their names. */
  list(page: PageRequest): Promise<Page<NotificationEndpoint>>;
  /** All of them; there are few. */
  all(): Promise<readonly NotificationEndpoint[]>;
  /**
   * Whether an endpoint may want this: sometimes yes though none does, never no though one does.
   * One read of a small table, which waits for nobody: it stands between a release and its rollback.
   */
  mayWant(happened: Happened): Promise<boolean>;
  /** Adds it, or replaces the one of that name. The secrets that it refers to must exist. */
  put(endpoint: NewNotificationEndpoint): Promise<NotificationEndpoint>;
  /** With its deliveries. No effect when it is not there. */
  remove(name: NotificationName): Promise<void>;
  /** Endpoints that need this secret, in the order of their names. */
  referringTo(secret: SecretName): Promise<readonly NotificationName[]>;
}

import type { DeliveryId, NotificationName, Refusal, Result } from '@spillway/kernel';
import type { Caller } from '../access/caller.js';
import type { NewNotificationEndpoint, NotificationEndpoint } from '../port/notification-store.js';
import type { OutgoingDelivery, OutgoingDeliveryFilter } from '../port/outgoing-delivery-store.js';
import type { Page, PageRequest } from '../port/page.js';

/** Who is told, and what they were told. */
export interface NotificationUseCases {
  /** Its secrets must be there. Nobody is called. */
  putNotification(
    endpoint: NewNotificationEndpoint,
    caller: Caller,
  ): Promise<Result<NotificationEndpoint, Refusal>>;
  getNotification(
    name: NotificationName,
    caller: Caller,
  ): Promise<Result<NotificationEndpoint, Refusal>>;
  listNotifications(
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<NotificationEndpoint>, Refusal>>;
  /** With its deliveries. */
  removeNotification(name: NotificationName, caller: Caller): Promise<Result<void, Refusal>>;
  /** Queues a delivery that tells of no release. */
  testNotification(
    name: NotificationName,
    caller: Caller,
  ): Promise<Result<OutgoingDelivery, Refusal>>;
  getOutgoingDelivery(id: DeliveryId, caller: Caller): Promise<Result<OutgoingDelivery, Refusal>>;
  /** The newest first. */
  listOutgoingDeliveries(
    filter: OutgoingDeliveryFilter,
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<OutgoingDelivery>, Refusal>>;
  redeliverOutgoing(id: DeliveryId, caller: Caller): Promise<Result<OutgoingDelivery, Refusal>>;
}

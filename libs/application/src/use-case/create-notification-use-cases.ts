import type { UseCaseDeps } from './deps.js';
import type { NotificationUseCases } from './notification-use-cases.js';
import {
  putNotification,
  getNotification,
  listNotifications,
  removeNotification,
  testNotification,
} from './notifications.js';
import {
  getOutgoingDelivery,
  listOutgoingDeliveries,
  redeliverOutgoing,
} from './outgoing-deliveries.js';

export const createNotificationUseCases = (deps: UseCaseDeps): NotificationUseCases => ({
  putNotification: putNotification(deps),
  getNotification: getNotification(deps),
  listNotifications: listNotifications(deps),
  removeNotification: removeNotification(deps),
  testNotification: testNotification(deps),
  getOutgoingDelivery: getOutgoingDelivery(deps),
  listOutgoingDeliveries: listOutgoingDeliveries(deps),
  redeliverOutgoing: redeliverOutgoing(deps),
});

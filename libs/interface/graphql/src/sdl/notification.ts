import { eventTypes, severities } from '@spillway/domain-notification';
import { connectionSdl } from './common.js';
import { notificationChannelSdl } from './notification-channel.js';

export const notificationSdl = /* GraphQL */ `
  "How much somebody should mind, from the least."
  enum NoticeSeverity {
    ${severities.join('\n    ')}
  }

  "What happens to releases, in its order."
  enum NoticeType {
    ${eventTypes.join('\n    ')}
  }

  "Who is told what happens to releases. It names secrets and holds none."
  type Notification implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "Unique name."
    name: ID!
    "Where notices go, and in whose form."
    channel: NotificationChannel!
    "What it is told of: what fits every field."
    filter: NoticeFilter!
    "When it was added."
    createdAt: Moment!
    "When it was last replaced."
    updatedAt: Moment!
    "It is told of what happened from then on."
    since: Moment!
  }

  ${notificationChannelSdl}

  "What an endpoint is told of: what fits every field."
  type NoticeFilter {
    "Namespaces of services; null: all."
    namespaces: [String!]
    "Services as namespace/name; null: all."
    services: [String!]
    "Types of events; null: all."
    types: [NoticeType!]
    "The least that is told."
    severity: NoticeSeverity!
  }

  ${connectionSdl('Notification', 'notification endpoints')}

  "What one notification endpoint is told of one event."
  type OutgoingDelivery {
    "Whether it came in or goes out."
    direction: String!
    "Id; also that of the message, so that a repetition can be told."
    id: ID!
    "dead: given up, until somebody has it sent again."
    state: OutgoingDeliveryState!
    "Name of the notification endpoint."
    endpoint: String!
    "Id of the release; null of a test."
    release: ID
    "What the endpoint is told."
    notice: Notice!
    "When it was queued first."
    createdAt: Moment!
    "Not tried before; null when it has ended."
    dueAt: Moment
    "When it was delivered, or given up."
    endedAt: Moment
    "Since it was queued last."
    tries: Int!
    "All there were, in their order."
    attempts: [DeliveryAttempt!]!
    "Why the last attempt failed."
    because: String
  }

  enum OutgoingDeliveryState {
    pending
    delivered
    dead
  }

  type Notice {
    "Of the event, such as rollbackStarted; or test."
    type: String!
    "How much somebody should mind."
    severity: NoticeSeverity!
    "Its place in the release’s history; 0 of a test."
    sequence: Int!
    "When it happened."
    at: Moment!
    "Why, in a sentence."
    because: String!
    "The service."
    service: String!
    "The version that is released."
    candidate: String!
    "Phase of the release after it."
    phase: String!
  }

  "One try to deliver."
  type DeliveryAttempt {
    "When."
    at: Moment!
    "For how many milliseconds."
    tookMs: Float!
    "What was answered; null where nothing was."
    status: Int
    "Why it failed; null where it did not."
    because: String
  }

  ${connectionSdl('OutgoingDelivery', 'deliveries that go out')}

  input NotificationInput {
    "Unique name."
    name: ID!
    "Where notices go, and in whose form."
    channel: NotificationChannelInput!
    "What it is told of; everything of severity info and above, when it is not said."
    filter: NoticeFilterInput
  }

  input NoticeFilterInput {
    "Namespaces of services; all, when it is not said."
    namespaces: [String!]
    "Services as namespace/name; all, when it is not said."
    services: [String!]
    "Types of events; all, when it is not said."
    types: [NoticeType!]
    "The least that is told; info, or detail where types are named."
    severity: NoticeSeverity
  }

  type NotificationPayload {
    "As it is now."
    notification: Notification!
  }

  union NotificationResult = NotificationPayload | Refused

  type OutgoingDeliveryPayload {
    "As it is now."
    delivery: OutgoingDelivery!
  }

  union OutgoingDeliveryResult = OutgoingDeliveryPayload | Refused

  extend type Query {
    "A notification endpoint, or null when there is none of that name."
    notification(name: ID!): Notification
    "Notification endpoints in the order of their names."
    notifications(first: Int = 50, after: String, orderBy: NameOrder = ascending): NotificationConnection!
    "A delivery that goes out, or null when there is none of that id."
    outgoingDelivery(id: ID!): OutgoingDelivery
    "Deliveries that go out, newest first, to an endpoint, of a release, or in a state."
    outgoingDeliveries(
      endpoint: String
      release: ID
      state: OutgoingDeliveryState
      first: Int = 50
      after: String
    ): OutgoingDeliveryConnection!
  }

  extend type Mutation {
    "Adds a notification endpoint, or replaces the one of that name. Nobody is called."
    putNotification(notification: NotificationInput!): NotificationResult!
    "Removes a notification endpoint with its deliveries. Its secrets stay."
    removeNotification(name: ID!): RemovalResult!
    "Queues a delivery that tells of no release; ask for it to see what came of it."
    testNotification(name: ID!, idempotencyKey: String): OutgoingDeliveryResult!
    "Sends a delivery again, whether it is dead, delivered or waiting."
    redeliverOutgoing(id: ID!, idempotencyKey: String): OutgoingDeliveryResult!
  }
`;

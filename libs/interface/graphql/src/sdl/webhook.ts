import { webhookProviders } from '@spillway/application';
import { triggerStatuses } from '@spillway/domain-rule';
import { receivedStates } from '@spillway/interface-contract';
import { connectionSdl } from './common.js';
import { ruleSdl } from './rule.js';

export const webhookSdl = /* GraphQL */ `
  "Who sends: how it signs, and what it writes."
  enum WebhookProvider {
    ${webhookProviders.join('\n    ')}
  }

  "An address at which CI systems tell what was deployed. It names secrets and holds none."
  type Webhook implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "Unique name; it is part of the address that deliveries are sent to."
    name: ID!
    "Who sends: how it signs, and what it writes."
    provider: WebhookProvider!
    "What deliveries are signed with: either of these."
    secrets: [SecretRef!]!
    "Where the facts are in a payload of one’s own; of generic and cloudEvents only."
    mapping: WebhookMapping
    "Where deliveries are sent to, below the server’s own address."
    address: String!
    "When it was added."
    createdAt: Moment!
    "When it was last replaced."
    updatedAt: Moment!
  }

  "JSON pointers into a payload, such as /artifact/tag."
  type WebhookMapping {
    ${mappingFields()}
  }

  ${connectionSdl('Webhook', 'webhooks')}

  input WebhookInput {
    "Unique name; it is part of the address that deliveries are sent to."
    name: ID!
    "Who sends: how it signs, and what it writes."
    provider: WebhookProvider!
    "What deliveries are signed with: one, or two while one replaces the other."
    secrets: [SecretRefInput!]!
    "Where the facts are in a payload of one’s own; of generic and cloudEvents only."
    mapping: WebhookMappingInput
  }

  input WebhookMappingInput {
    ${mappingFields()}
  }

  type WebhookPayload {
    "As it is now."
    webhook: Webhook!
  }

  union WebhookResult = WebhookPayload | Refused

  "How far what was delivered has come."
  enum TriggerStatus {
    ${triggerStatuses.join('\n    ')}
  }

  "What a delivery tells, whoever sent it. What it does not say is null."
  type Trigger {
    "In the sender’s words."
    event: String!
    "How far it has come, in Spillway’s words."
    status: TriggerStatus!
    "The repository."
    repository: String
    "The environment."
    environment: String
    "The image, with tag or digest."
    image: String
    "The branch."
    branch: String
    "The git tag."
    tag: String
    "The commit."
    sha: String
    "The service, where the sender says it."
    service: String
    "The version, where the sender says it."
    version: String
  }

  "A rule that was asked and did not match."
  type PassedBy {
    "Name of the rule."
    rule: String!
    "What it wanted, and what came."
    because: String!
  }

  "ignored: tells of nothing that rules are about. unmatched: no rule wanted it. refused: one did, and no release could be started."
  enum ReceivedDeliveryState {
    ${receivedStates.join('\n    ')}
  }

  "Something that was sent to a webhook, and what came of it."
  type ReceivedDelivery {
    "Whether it came in or goes out."
    direction: String!
    "Id; a release that comes of it has the same."
    id: ID!
    "What became of it."
    state: ReceivedDeliveryState!
    "Name of the webhook that it was sent to."
    webhook: String!
    "The sender’s id of it; null where it has none."
    key: String
    "In the sender’s words."
    event: String!
    "What it tells; null when it tells of nothing that rules are about."
    trigger: Trigger
    "The first rule that matched."
    rule: String
    "Id of the release that came of it."
    release: ID
    "The rules that were asked before one matched, in their order."
    passedBy: [PassedBy!]
    "Why no release came of it."
    because: String
    "When it came."
    createdAt: Moment!
    "When it was decided; null while it is pending."
    endedAt: Moment
  }

  ${connectionSdl('ReceivedDelivery', 'deliveries that came in')}

  type ReceivedDeliveryPayload {
    "As it is now."
    delivery: ReceivedDelivery!
  }

  union ReceivedDeliveryResult = ReceivedDeliveryPayload | Refused

  extend type Query {
    "A webhook, or null when there is none of that name."
    webhook(name: ID!): Webhook
    "Webhooks in the order of their names."
    webhooks(first: Int = 50, after: String, orderBy: NameOrder = ascending): WebhookConnection!
    "A delivery that came in, or null when there is none of that id."
    receivedDelivery(id: ID!): ReceivedDelivery
    "Deliveries that came in, newest first, to a webhook or in a state."
    receivedDeliveries(
      webhook: String
      state: ReceivedDeliveryState
      first: Int = 50
      after: String
    ): ReceivedDeliveryConnection!
  }

  extend type Mutation {
    "Adds a webhook, or replaces the one of that name. Its secrets must be there."
    putWebhook(webhook: WebhookInput!): WebhookResult!
    "Removes a webhook with its deliveries; refused while a rule listens to it. Its secrets stay."
    removeWebhook(name: ID!): RemovalResult!
    "Shows a delivery to the rules again, as they are now; refused when a release came of it."
    redeliverReceived(id: ID!, idempotencyKey: String): ReceivedDeliveryResult!
  }

  ${ruleSdl}
`;

function mappingFields(): string {
  return `
    "Where the event’s name is; of CloudEvents it is the type."
    event: String
    "Where created, running, success, failure or cancelled is; null: success."
    status: String
    "Where the repository is."
    repository: String
    "Where the environment is."
    environment: String
    "Where the image with its tag is."
    image: String
    "Where the branch is."
    branch: String
    "Where the git tag is."
    tag: String
    "Where the commit is."
    sha: String
    "Where namespace/name of the service is."
    service: String
    "Where the version is."
    version: String`;
}

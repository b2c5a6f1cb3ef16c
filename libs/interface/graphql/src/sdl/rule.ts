import { connectionSdl } from './common.js';

const matchFields = `
    "The webhook that it listens to."
    webhook: String!
    "Events in the sender’s words; one must be it."
    events: [String!]
    "How far it must have come; default: success only."
    statuses: [TriggerStatus!]
    "Repositories; one must fit. * is any characters but /, ** any, ? one, as in all that follow."
    repositories: [String!]
    "Environments; one must fit."
    environments: [String!]
    "Images with their tags; one must fit."
    images: [String!]
    "Branches; one must fit."
    branches: [String!]
    "Git tags; one must fit."
    tags: [String!]`;

export const ruleSdl = /* GraphQL */ `
  "Makes a release of a delivery."
  type Rule implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "Unique name."
    name: ID!
    "The smallest number is asked first; of the same, in the order of names."
    priority: Int!
    "What a delivery must be like: all that is named must fit."
    match: RuleMatch!
    "The release to start. The first rule that matches decides."
    release: RuleRelease!
    "Who put it last: releases are started with what they may do."
    owner: String!
    "When it was added."
    createdAt: Moment!
    "When it was last replaced."
    updatedAt: Moment!
  }

  "What a delivery must be like."
  type RuleMatch {
    ${matchFields}
  }

  "The release that a rule starts."
  type RuleRelease {
    "namespace/name; may hold placeholders such as {{ repository.name }}."
    service: String!
    "The version; may hold placeholders such as {{ image.tag }} or {{ sha | short }}."
    version: String!
    "Name of the strategy."
    strategy: String!
    "What becomes of it while the service is being released; null: what the service says."
    onBusy: OnBusy
  }

  ${connectionSdl('Rule', 'rules')}

  input RuleInput {
    "Unique name."
    name: ID!
    "The smallest number is asked first; of the same, in the order of names. Default 100."
    priority: Int
    "What a delivery must be like: all that is named must fit."
    match: RuleMatchInput!
    "The release to start. The first rule that matches decides."
    release: RuleReleaseInput!
  }

  input RuleMatchInput {
    ${matchFields}
  }

  input RuleReleaseInput {
    "namespace/name; may hold placeholders such as {{ repository.name }}."
    service: String!
    "The version; may hold placeholders such as {{ image.tag }} or {{ sha | short }}."
    version: String!
    "Name of the strategy."
    strategy: String!
    "What becomes of it while the service is being released; default: what the service says."
    onBusy: OnBusy
  }

  type RulePayload {
    "As it is now."
    rule: Rule!
  }

  union RuleResult = RulePayload | Refused

  "The release that a rule asks for."
  type AskedRelease {
    "The service."
    service: String!
    "The version that would be released."
    candidate: String!
    "The strategy."
    strategy: String!
    "What becomes of it while the service is being released; null: what the service says."
    onBusy: OnBusy
  }

  "What would come of a delivery. Nothing was started or kept."
  type RuleTest {
    "The webhook whose rules were asked."
    webhook: String!
    "What the delivery tells; null when it tells of nothing that rules are about."
    trigger: Trigger
    "The first rule that matched."
    rule: String
    "The release that the rule asks for."
    release: AskedRelease
    "The rules that were asked before one matched, in their order."
    passedBy: [PassedBy!]
    "Why no release would come of it."
    because: String
    "Whether a release would be started now."
    wouldRelease: Boolean!
  }

  "Any JSON value, as a sender would write it."
  scalar Payload

  input RuleTestInput {
    "Id of a delivery that came. Or else webhook and payload."
    delivery: ID
    "The webhook that the payload would be sent to."
    webhook: String
    "What X-GitHub-Event would say; of GitHub only."
    event: String
    "The body that would be sent, which needs no signature."
    payload: Payload
    "A rule that is not put yet, in the place of the one of its name."
    rule: RuleInput
  }

  extend type Query {
    "A rule, or null when there is none of that name."
    rule(name: ID!): Rule
    "Rules in the order of their names; they are asked in that of their priority."
    rules(first: Int = 50, after: String, orderBy: NameOrder = ascending): RuleConnection!
    "What would come of a delivery that came, or of a payload. Starts and keeps nothing."
    testRule(test: RuleTestInput!): RuleTest!
  }

  extend type Mutation {
    "Adds a rule, or replaces the one of that name. Releases are started on behalf of who puts it."
    putRule(rule: RuleInput!): RuleResult!
    "Removes a rule; releases that it started go on."
    removeRule(name: ID!): RemovalResult!
  }
`;

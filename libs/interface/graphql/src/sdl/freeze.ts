import { weekdays } from '@spillway/domain-freeze';
import { connectionSdl } from './common.js';

export const freezeSdl = /* GraphQL */ `
  enum Weekday {
    ${weekdays.join('\n    ')}
  }

  "A time in which candidates get no more traffic. Going back is always possible."
  type FreezeWindow implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "Unique name; holds show it."
    name: ID!
    "When it is in force."
    times: FreezeTimes!
    "What it is about; all that is said must fit."
    scope: FreezeScope!
    "Why, for people who are held by it."
    because: String!
    "When it was added."
    createdAt: Moment!
    "When it was last replaced."
    updatedAt: Moment!
  }

  "Exactly one field is set."
  type FreezeTimes {
    "From one moment to another."
    once: FreezeOnce
    "Every week, by the clocks of a place."
    weekly: FreezeWeekly
  }

  type FreezeOnce {
    "When it begins."
    from: Moment!
    "When it ends."
    to: Moment!
  }

  type FreezeWeekly {
    "The days on which it begins."
    days: [Weekday!]!
    "When it begins, by the clocks there, such as 18:30."
    from: String!
    "When it ends; not after the beginning means on the next day."
    to: String!
    "IANA name of the time zone, such as Europe/Berlin."
    timeZone: String!
  }

  "What is left out fits everything."
  type FreezeScope {
    "Services of these namespaces."
    namespaces: [String!]
    "These services."
    services: [String!]
    "Clusters that have all of these labels."
    clusters: Labels
  }

  ${connectionSdl('FreezeWindow', 'freeze windows')}

  input FreezeWindowInput {
    "Unique name; holds show it."
    name: ID!
    "When it is in force."
    times: FreezeTimesInput!
    "What it is about; all that is said must fit. Default: everything."
    scope: FreezeScopeInput
    "Why, for people who are held by it."
    because: String
  }

  "Exactly one field."
  input FreezeTimesInput {
    "From one moment to another."
    once: FreezeOnceInput
    "Every week, by the clocks of a place."
    weekly: FreezeWeeklyInput
  }

  input FreezeOnceInput {
    "When it begins."
    from: Moment!
    "When it ends."
    to: Moment!
  }

  input FreezeWeeklyInput {
    "The days on which it begins."
    days: [Weekday!]!
    "When it begins, by the clocks there, such as 18:30."
    from: String!
    "When it ends, 24:00 at the latest; not after the beginning means on the next day."
    to: String!
    "IANA name of the time zone, such as Europe/Berlin."
    timeZone: String!
  }

  "What is left out fits everything."
  input FreezeScopeInput {
    "Services of these namespaces."
    namespaces: [String!]
    "These services."
    services: [String!]
    "Clusters that have all of these labels."
    clusters: Labels
  }

  "A freeze window that concerns a release."
  type FreezeAhead {
    "Name of the freeze window."
    window: String!
    "Where it concerns the release."
    clusters: [String!]!
    "True when it would hold the release now."
    inForce: Boolean!
    "When it ends, or begins next; null: never."
    changesAt: Moment
    "Why; may be empty."
    because: String!
  }

  type FreezeWindowPayload {
    "As it is now."
    window: FreezeWindow!
  }

  union FreezeWindowResult = FreezeWindowPayload | Refused

  extend type Query {
    "A freeze window, or null when there is none of that name."
    freezeWindow(name: ID!): FreezeWindow
    "Freeze windows in the order of their names."
    freezeWindows(first: Int = 50, after: String, orderBy: NameOrder = ascending): FreezeWindowConnection!
  }

  extend type Mutation {
    "Adds a freeze window, or replaces the one of that name; in force with the next decision of each release."
    putFreezeWindow(window: FreezeWindowInput!): FreezeWindowResult!
    "Removes a freeze window; releases that it holds go on within a few seconds."
    removeFreezeWindow(name: ID!): RemovalResult!
    "Lets a release go on in the freeze windows that are in force now, until each of them ends. Takes the role operator or admin, and a reason."
    overrideFreeze(id: ID!, reason: String!, idempotencyKey: String): ReleaseResult!
  }
`;

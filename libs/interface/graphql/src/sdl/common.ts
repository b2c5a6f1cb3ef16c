import { errorCodes } from '@spillway/kernel';

/** Of every refusal. */
export const refusalFields = `
    "Stable, for programs."
    code: ErrorCode!
    "What was wrong with which value."
    message: String!
    "What can be done."
    next: String!
    "The field that was wrong, such as steps[2].setWeight."
    field: String`;

export const commonSdl = /* GraphQL */ `
  "Text values under text keys, as a JSON object."
  scalar Labels
  "A moment as ISO 8601 text in UTC."
  scalar Moment

  "Stable codes of refusals and errors; a code never changes its meaning."
  enum ErrorCode {
    ${errorCodes.join('\n    ')}
  }

  "Why something was not done. Foreseen: nothing is broken."
  interface Refusal {
    ${refusalFields}
  }

  "A refusal that has nothing else to show."
  type Refused implements Refusal {
    ${refusalFields}
  }

  "In which order a list by name is read."
  enum NameOrder {
    "From a to z."
    ascending
    "From z to a."
    descending
  }

  "Where a page begins and ends. Lists are read forwards."
  type PageInfo {
    "Whether there is more."
    hasNextPage: Boolean!
    "Whether it was read on after another item."
    hasPreviousPage: Boolean!
    "Cursor of the first item; null on an empty page."
    startCursor: String
    "Cursor of the last item: send it as after to read on; null on an empty page."
    endCursor: String
  }

  type Query
  type Mutation
  type Subscription
`;

/** The Relay types of a list. */
export const connectionSdl = (node: string, what: string): string => /* GraphQL */ `
  "A page of ${what}."
  type ${node}Connection {
    "The items, each in its edge."
    edges: [${node}Edge!]!
    "Where the page ends."
    pageInfo: PageInfo!
  }

  "An item of a page."
  type ${node}Edge {
    "The item."
    node: ${node}!
    "Send it as after to read on after this item."
    cursor: String!
  }
`;

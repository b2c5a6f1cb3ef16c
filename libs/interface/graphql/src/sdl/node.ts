export const nodeSdl = /* GraphQL */ `
  "Something that has an id of its own, under which it can be asked for again."
  interface Node {
    "Unique among all objects. Take it as it is: only that of a release, its UUID, means something."
    id: ID!
  }

  extend type Query {
    "Anything by its id, or null when there is none that you may see."
    node(id: ID!): Node
    "Up to 200 objects by their ids, in that order, each as node gives it."
    nodes(ids: [ID!]!): [Node]!
  }
`;

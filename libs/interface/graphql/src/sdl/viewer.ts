export const viewerSdl = /* GraphQL */ `
  "Who asks."
  type Viewer {
    "The name under which changes are recorded: a person, or the name of a token."
    actor: String!
    "Roles, each with where it holds."
    grants: [Grant!]!
  }

  extend type Query {
    "Who you are to this server."
    viewer: Viewer!
  }
`;

import { connectionSdl } from './common.js';
import { sourceAccessSdl } from './source-access.js';

export const sourceSdl = /* GraphQL */ `
  "A secret, without its text."
  type Secret {
    "Unique name."
    name: ID!
    "When it was first put."
    createdAt: Moment!
    "When its text was last put."
    updatedAt: Moment!
  }

  ${connectionSdl('Secret', 'secrets')}

  type SecretPayload {
    "As it is now, without its text."
    secret: Secret!
  }

  union SecretResult = SecretPayload | Refused

  "A metrics backend beside the clusters’ own. It names secrets and holds none."
  type Source implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "Unique name."
    name: ID!
    "What kind of backend it is, and how it is reached."
    connection: SourceAccess!
    "How long a query may take."
    timeout: String!
    "When it was added."
    createdAt: Moment!
    "When it was last replaced."
    updatedAt: Moment!
  }

  ${sourceAccessSdl}

  ${connectionSdl('Source', 'sources')}

  input SourceInput {
    "Unique name."
    name: ID!
    "What kind of backend it is, and how it is reached."
    connection: SourceAccessInput!
    "How long a query may take; default 10s."
    timeout: String
  }

  type SourcePayload {
    "As it is now."
    source: Source!
  }

  union SourceResult = SourcePayload | Refused

  type RemovedPayload {
    "What is not there any more."
    name: ID!
  }

  union RemovalResult = RemovedPayload | Refused

  extend type Query {
    "Secrets in the order of their names; never their texts."
    secrets(first: Int = 50, after: String, orderBy: NameOrder = ascending): SecretConnection!
    "A source, or null when there is none of that name."
    source(name: ID!): Source
    "Sources in the order of their names."
    sources(first: Int = 50, after: String, orderBy: NameOrder = ascending): SourceConnection!
  }

  extend type Mutation {
    "Adds a secret, or replaces the text of that name. Give the text as a variable: queries are logged."
    putSecret(name: ID!, value: String!): SecretResult!
    "Removes a secret; refused while a source refers to it."
    removeSecret(name: ID!): RemovalResult!
    "Adds a source, or replaces the one of that name. The backend is not asked."
    putSource(source: SourceInput!): SourceResult!
    "Removes a source; refused while the newest version of a strategy or a release that is not over asks it. Its secrets stay."
    removeSource(name: ID!): RemovalResult!
  }
`;

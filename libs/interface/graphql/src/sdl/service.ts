import { connectionSdl } from './common.js';

export const serviceSdl = /* GraphQL */ `
  "A mesh service."
  type Service {
    "namespace/name."
    name: ID!
    "Fully qualified host."
    host: String!
    "The service port that carries HTTP."
    port: Int!
    "The pod label that tells versions apart."
    versionLabel: String!
    "The version that serves now."
    stable: String!
    "Names of the clusters that it runs in."
    clusters: [String!]!
    "Counts the changes of its desired traffic."
    generation: Int!
    "The release that wrote its routing last, running or not."
    latestRelease: ID
    "When it was added."
    createdAt: Moment!
    "When it was last changed."
    updatedAt: Moment!
  }

  ${connectionSdl('Service', 'services')}

  input ServiceInput {
    "namespace/name of the mesh service."
    name: ID!
    "Fully qualified host. Default: name.namespace.svc.cluster.local."
    host: String
    "The service port that carries HTTP."
    port: Int!
    "The pod label that tells versions apart; default version."
    versionLabel: String
    "The version that serves now; a release that succeeds changes it."
    stable: String!
    "Names of the clusters that it runs in."
    clusters: [String!]!
  }

  type ServicePayload {
    "As it is now."
    service: Service!
  }

  union ServiceResult = ServicePayload | Refused

  extend type Query {
    "A service by namespace/name, or null when there is none."
    service(name: ID!): Service
    "Services in the order of their names."
    services(first: Int = 50, after: String): ServiceConnection!
  }

  extend type Mutation {
    "Adds a service, or replaces what people say about the one of that name."
    putService(service: ServiceInput!): ServiceResult!
  }
`;

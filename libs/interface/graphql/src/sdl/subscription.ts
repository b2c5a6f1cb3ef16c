export const subscriptionSdl = /* GraphQL */ `
  "A release that something happened to."
  type ReleaseChange {
    "The release as it is by now. Null in the first message, which says from where on changes are told."
    release: Release
    "Subscribe again after it, and no change is missed; a release may be told twice."
    position: String!
  }

  extend type Subscription {
    "The release now and after each change; ends after its final state."
    releaseChanged(id: ID!): Release!
    "The service now, and whenever one of its releases changes. It never ends by itself."
    serviceChanged(name: ID!): Service!
    "Every release that changes, of all or of some; several changes may be told as one. It never ends by itself."
    releasesChanged(service: ID, namespace: String, after: String): ReleaseChange!
  }
`;

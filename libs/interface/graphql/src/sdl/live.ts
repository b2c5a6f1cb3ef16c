export const liveSdl = /* GraphQL */ `
  "What one cluster gives to the versions of a service."
  type LiveTraffic {
    "Name of the cluster."
    cluster: String!
    "The cluster; null when it is gone or not for you to see."
    clusterNode: Cluster
    "The versions that get requests by weight, the greatest share first."
    versions: [LiveVersion!]!
    "False until the cluster has read it back: until then it may still do what it did before."
    applied: Boolean!
    "When the cluster read it back; null where it has not, or nobody has released yet."
    since: Moment
    "The release that said so; null where nobody has released yet."
    release: Release
    "The same release in this cluster, with its routes and what is proven of them."
    rollout: Rollout
  }

  "A version that gets requests."
  type LiveVersion {
    "The version."
    version: String!
    "Percent of the requests that no route picks."
    weight: Float!
  }

  extend type Service {
    "The clusters that it runs in, those that you may see."
    clusterNodes: [Cluster!]!
    "What is live where: each cluster, as the latest release left it."
    live: [LiveTraffic!]!
    "The release that runs now; null when none does."
    currentRelease: Release
    "The release that wrote its routing last, running or not."
    latestReleaseNode: Release
    "Its releases, newest first, or oldest first."
    releases(
      phase: Phase
      candidate: String
      strategy: ID
      since: Moment
      until: Moment
      first: Int = 50
      after: String
      orderBy: ReleaseOrder = newestFirst
    ): ReleaseConnection!
  }
`;

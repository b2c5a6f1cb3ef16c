import { phases } from '@spillway/domain-release';
import { connectionSdl } from './common.js';

export const releaseSdl = /* GraphQL */ `
  "Where a release is."
  enum Phase {
    ${phases.join('\n    ')}
  }

  "What becomes of a new release of a service that is being released."
  enum OnBusy {
    refuse
    queue
    supersede
  }

  "What a release has to do with the one that it follows."
  enum FollowVerb {
    retry
    undo
  }

  "The release that another one does again, or undoes."
  type Follows {
    "Whether that is done again, or undone."
    verb: FollowVerb!
    "Id of that release."
    release: ID!
  }

  "A release with its progress."
  type Release implements Node {
    "UUID."
    id: ID!
    "namespace/name of the service."
    service: String!
    "The service as it is now; null when it is gone."
    serviceNode: Service
    "The version that served when the release began."
    stable: String!
    "The version that is released."
    candidate: String!
    "The strategy that the plan was made from."
    strategy: StrategyReference!
    "Where the release is."
    phase: Phase!
    "True when the phase never changes again."
    final: Boolean!
    "The reason for the last decision."
    because: String!
    "Why it was asked for."
    description: String!
    "Who asked for it."
    requestedBy: String!
    "When it was asked for."
    createdAt: Moment!
    "When it became final."
    endedAt: Moment
    "The release that this one does again, or undoes."
    follows: Follows
    "Id of the release that takes its place."
    supersededBy: ID
    "Why it waits though nobody paused it; present while the phase is held."
    held: Hold
    "Present while the phase is paused."
    paused: Pause
    "Where the plan stands."
    progress: Progress!
    "The strategy expanded for the clusters of this release; it never changes."
    plan: Plan!
    "The gates of the plan, in order."
    gates: [ReleaseGate!]!
    "What approvals are bound to, where the plan has gates."
    planDigest: String
    "The gate that it waits at."
    awaiting: Awaiting
    "Freeze windows that somebody overrode for this release."
    overriddenFreezes: [OverriddenFreeze!]!
    "Each cluster, in the order of the waves."
    rollouts: [Rollout!]!
    "Grows with every change."
    revision: Int!
    "Its history, in order."
    events(first: Int = 50, after: String): EventConnection!
    "What was measured and concluded, the newest windows first."
    looks(step: Int, metric: String, cluster: String, first: Int = 50, after: String): LookConnection!
  }

  type StrategyReference {
    "Its name."
    name: String!
    "The version that was taken."
    version: Int!
    "That version itself."
    node: Strategy
  }

  enum HoldKind {
    clusterUnreachable
    frozen
    limitReached
    hookClosed
    hookUnanswered
    noReadyEndpoints
    foreignRouting
    drift
    writeRefused
    notDistributed
    splitNotInForce
    inconclusive
    noData
    metricsFailing
  }

  type Hold {
    "What stands in the way."
    kind: HoldKind!
    "Where."
    clusters: [String!]!
    "In a sentence."
    detail: String!
    "Since when."
    since: Moment!
  }

  type Pause {
    "Since when."
    since: Moment!
    "When a timed pause ends."
    until: Moment
  }

  type Progress {
    "Index of the current step; equals steps after the last."
    stepIndex: Int!
    "Number of steps."
    steps: Int!
    "The current step in words."
    current: String
    "Bakes, analyses and pauses before the step of this index are not waited for."
    skipTo: Int
  }

  type Plan {
    "The release’s clusters in the order of their turn."
    waves: [Wave!]!
    "What is done, in order."
    steps: [Step!]!
    "Clusters that may be unreachable without holding the release."
    maxUnavailableClusters: Int!
    "How far the steps go by themselves; what is beyond waits for a promotion."
    limits: Limits
    "Limits of metrics that are different in some clusters."
    bounds: [ClusterBounds!]
    "Where traffic is taken back when the candidate fails."
    rollBack: RollBackScope!
    "Whoever got a version by weight keeps it."
    sticky: Sticky
    "What happens when somebody changes the routing."
    drift: DriftPolicy!
    "What a step waits for: API servers that read the routing back, or proxies that have it."
    verify: VerifyLevel!
    "Addresses outside that are asked, or told, what the release does."
    hooks: [Hook!]
    "Time at 100 percent in which metrics may still roll back."
    bakeAfterPromotion: String
  }

  "Other limits of a metric in one cluster."
  type ClusterBounds {
    "In this cluster."
    cluster: String!
    "Name of the metric."
    metric: String!
    "Less than this fails there."
    min: Float
    "More than this fails there."
    max: Float
  }

  "Clusters that take a step together."
  type Wave {
    "Names of its clusters."
    clusters: [String!]!
  }

  enum StepKind {
    setWeight
    route
    removeRoute
    mirror
    bake
    pause
    analyze
    gate
  }

  "One step of the plan."
  type Step {
    "Index of the wave that takes the step, from 0."
    wave: Int!
    "What the step does."
    kind: StepKind!
    "Of setWeight: percent for the candidate."
    weight: Float
    "Of bake and timed pause: how long."
    duration: String
    "Names of the metrics that it looks at."
    metrics: [String!]!
    "The step in words."
    description: String!
  }

  enum ProofLevel {
    pending
    readBack
    distributed
    observed
  }

  "How far it is known that a generation is in force."
  type Verified {
    "The most that is proven of this generation."
    level: ProofLevel!
    "Since when; absent while pending."
    at: Moment
    "How many proxies have it, where they were asked."
    proxies: Int
    "What was counted, where it fits."
    observed: String
    "Which proxies are long in getting it, or why nobody can say."
    delayed: String
  }

  "The release in one cluster."
  type Rollout implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "Name of the cluster."
    cluster: String!
    "The cluster as it is now; null when it is gone or not for you to see."
    clusterNode: Cluster
    "Index of its wave, from 0."
    wave: Int!
    "Percent that the candidate should get here."
    weight: Float!
    "Requests that the candidate gets at any weight."
    routes: [ExposedRoute!]!
    "Copies that the candidate gets; nobody sees its answers."
    mirror: Mirror
    "Generation of the routing that it should have."
    generation: Int!
    "True when the cluster read that generation back."
    applied: Boolean!
    "When it did."
    appliedAt: Moment
    "How far it is known that the generation is in force."
    verified: Verified!
    "The API server’s words when it refused the last write."
    refused: String
    "Who changed the routing, and how; the service wants to be asked."
    drifted: String
  }

  ${connectionSdl('Release', 'releases')}

  "In which order releases are read."
  enum ReleaseOrder {
    "Those that were begun last come first."
    newestFirst
    "Those that were begun first come first."
    oldestFirst
  }

  extend type Query {
    "A release, or null when there is none of that id."
    release(id: ID!): Release
    "Releases, newest first, or oldest first."
    releases(
      service: ID
      namespace: String
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

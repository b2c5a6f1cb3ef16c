import { connectionSdl } from './common.js';

export const eventSdl = /* GraphQL */ `
  "Something that happened to a release. History is only ever appended to."
  type Event implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "Its place in the release’s history, from 1."
    sequence: Int!
    "What happened, such as stepStarted; new ones may be added."
    type: String!
    "Why, in a sentence."
    because: String!
    "Who: a token’s name, or spillway for what the loop decided."
    actor: String!
    "When."
    at: Moment!
    "Index of the step, where the event is about one."
    step: Int
    "The cluster, where the event is about one."
    cluster: String
    "The generation, where the event is about one."
    generation: Int
    "The gate, where the event is about one."
    gate: String
    "How many proxies have it, where the event says that."
    proxies: Int
    "The change of desired traffic, where it is one."
    traffic: TrafficChange
    "Why the release waits, where it begins to."
    held: HoldReason
    "The API server’s words where it refused a write; who changed what where the service wants to be asked."
    detail: String
    "What it went on with until then, and from then on, where the strategy was changed."
    changed: StrategyChange
    "Id of the release that takes its place, where the event says that."
    supersededBy: ID
    "The verdicts behind it."
    verdicts: [Verdict!]!
    "SHA-256 over the previous hash and this event; makes edits visible."
    hash: String!
  }

  "A strategy, as it was expanded for the release."
  type PlanOfStrategy {
    "Name of the strategy."
    strategy: String!
    "Version of the strategy."
    version: Int!
    "What comes of it for the clusters of the release."
    plan: Plan!
  }

  type StrategyChange {
    "Until then."
    from: PlanOfStrategy!
    "From then on."
    to: PlanOfStrategy!
  }

  "A change of desired traffic."
  type TrafficChange {
    "The generation that this change is."
    generation: Int!
    "What each cluster should have from now on."
    clusters: [ClusterWeight!]!
  }

  type ClusterWeight {
    "Name of the cluster."
    cluster: String!
    "Percent for the candidate."
    weight: Float!
    "Requests that the candidate gets at any weight."
    routes: [ExposedRoute!]!
    "Copies that the candidate gets; nobody sees its answers."
    mirror: Mirror
  }

  enum VerdictKind {
    pass
    fail
    inconclusive
    noData
    running
    splitNotInForce
  }

  "What one metric said in one cluster."
  type Verdict {
    "The verdict."
    kind: VerdictKind!
    "In a sentence, with the figures."
    because: String!
    "The figures."
    evidence: Evidence!
  }

  "The figures behind a verdict."
  type Evidence {
    "Name of the metric."
    metric: String!
    "Where it was measured."
    cluster: String!
    "Measurements so far."
    measured: Int!
    "Within the bounds."
    passed: Int!
    "Outside of the bounds."
    failed: Int!
    "With too few requests to say anything."
    belowMinSample: Int!
    "Without an answer."
    empty: Int!
    "Answered with no number."
    notANumber: Int!
    "Queries in a row that went wrong, up to now."
    consecutiveErrors: Int!
    "The candidate’s last value."
    lastValue: Float
    "The stable version’s last value."
    lastStableValue: Float
    "Requests of the candidate in all windows together."
    requests: Float!
    "What comparing the versions gave in this cluster and step."
    comparison: Comparison
    "What the metric has shown over all clusters and steps so far."
    standing: Standing
  }

  enum JudgeKind {
    errorCount
    latency
    mannWhitney
    kayenta
  }

  "One version in this step."
  type ComparedArm {
    "Requests, or measured points."
    n: Float!
    "Of them, those that failed."
    errors: Float
  }

  "What comparing the versions gave in one cluster and step."
  type Comparison {
    "Who compared."
    judge: JudgeKind!
    "What there was of the candidate."
    candidate: ComparedArm!
    "What there was of the stable version."
    stable: ComparedArm!
    "Of error rates and quantiles: how many times stable’s; of other values: the shift."
    estimate: Float
    "Lower end of its interval."
    low: Float
    "Upper end; null where there is none."
    high: Float
    "Natural logarithm of the step’s e-value here."
    logE: Float
    "Of judges without an e-value; corrected for looks."
    pValue: Float
    "Whether there was enough to let it pass."
    isEnough: Boolean!
    "In a sentence, with the figures."
    because: String!
  }

  "What a metric has shown over all clusters and steps so far."
  type Standing {
    "The metric’s share of what the release may spend."
    alpha: Float!
    "Evidence of harm, natural logarithm of the e-value: ln(1/alpha) is enough."
    logE: Float
    "The same as a p-value."
    pValue: Float!
  }

  "Why a release waits though nobody paused it."
  type HoldReason {
    "What stands in the way."
    kind: HoldKind!
    "Where."
    clusters: [String!]!
    "In a sentence."
    detail: String!
  }

  ${connectionSdl('Event', 'events')}
`;

/** What a release would do; see `releaseSdl` for what it does. */
export const releasePlanSdl = /* GraphQL */ `
  "What a release would write where. Making it writes nothing."
  type ReleasePlan {
    "Start the release with it, and it writes what is shown here."
    id: ID!
    "namespace/name of the service."
    service: String!
    "The version that serves now."
    stable: String!
    "The version that would be released."
    candidate: String!
    "The strategy that was expanded."
    strategy: StrategyReference!
    "The strategy expanded for the clusters of this release."
    plan: Plan!
    "What approvals will be bound to."
    planDigest: String!
    "The gates of the plan, in order."
    gates: [GateAhead!]!
    "Freeze windows that hold it, or will."
    freezes: [FreezeAhead!]!
    "What it does that people do not expect."
    warnings: [String!]!
    "Each cluster, in the order of the waves."
    clusters: [ClusterPlan!]!
  }

  "What a release would do in one cluster."
  type ClusterPlan {
    "Name of the cluster."
    cluster: String!
    "Why nothing is known of it; then it has no writes."
    unseen: String
    "Why the release would be held here at once."
    held: String
    "What its API server says against it in a dry run."
    refused: String
    "What lint finds in what would be written."
    findings: [Finding!]!
    "What each metric shows now, and can find."
    metrics: [MetricOutlook!]!
    "In their order, if all goes well and nobody else writes meanwhile."
    writes: [PlannedWrite!]!
  }

  "What stable shows of a metric now, and what a release could find."
  type MetricOutlook {
    "Name of the metric."
    metric: String!
    "Stable’s value now, in the metric’s unit."
    value: Float
    "Stable’s requests now."
    requestsPerSecond: Float
    "Of them, the share that fails, 0 to 1."
    errorRate: Float
    "Why nothing is known of it."
    missing: String
    "Of a metric that compares error counts: the steps that measure it."
    steps: [StepOutlook!]!
  }

  "What a step can find of a metric, given the traffic of now."
  type StepOutlook {
    "Index in the plan, from 0."
    step: Int!
    "Percent for the candidate."
    weight: Float!
    "How long it lasts; at most, where it is to find something."
    length: String!
    "Whether that is long enough to find it."
    isEnough: Boolean!
    "What is found, and when, in a sentence."
    forecast: String!
  }

  enum WriteAction {
    "Server-side apply of an own object."
    apply
    "JSON Patch of an object that people own."
    patch
    "Removal of an own object."
    remove
  }

  "One write of a release, with its exact effect."
  type PlannedWrite {
    "At which point of the release."
    when: String!
    "What is done to the object."
    action: WriteAction!
    "Kind of the object."
    kind: String!
    "Its namespace."
    namespace: String!
    "Its name."
    name: String!
    "The object afterwards, as YAML. Absent after a removal."
    manifest: String
    "Of a patch: its operations as JSON (RFC 6902)."
    patch: String
    "From the object before to the one afterwards, as a unified diff."
    diff: String!
  }

  enum Severity {
    error
    warning
    info
  }

  "One thing that lint finds in an object."
  type Finding {
    "Stable, such as WEIGHT_NEGATIVE; \`spillway lint --explain\` knows it."
    code: String!
    "The code that istioctl analyze gives to it."
    istio: String
    "How bad it is."
    severity: Severity!
    "Kind and namespace/name of the object."
    object: String!
    "The place in it, such as spec.http[0].route[1].weight."
    path: String!
    "What is wrong, with the value."
    message: String!
    "What happens at run time."
    consequence: String!
    "What to do."
    next: String!
  }

  type ReleasePlanPayload {
    "What would be written."
    plan: ReleasePlan!
  }

  union ReleasePlanResult = ReleasePlanPayload | Refused

  extend type Query {
    "What a release would do, from what the clusters hold now. Writes nothing."
    releasePlan(release: ReleaseInput!): ReleasePlanResult!
  }
`;

import { connectionSdl } from './common.js';

export const strategySdl = /* GraphQL */ `
  "The empty object."
  scalar Nothing
  "What to do while a metric has no samples: ignore, fail, or { hold: { for: duration, then: rollback or pause } }."
  scalar NoData
  "off, or { percent: how many of the requests are copied, methods: all or safe }."
  scalar MirrorSetting

  "A strategy in one of its versions, defaults filled in."
  type Strategy implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "Unique name; each change makes a new version."
    name: ID!
    "Clusters in the order in which they take the steps."
    waves: [WaveSelector!]!
    "Clusters that may be unreachable without holding the release."
    maxUnavailableClusters: Int!
    "The same as a share of its clusters in percent; the greater of the two counts."
    maxUnavailablePercent: Float
    "What is different in some clusters."
    overrides: [ClusterOverride!]!
    "How far the steps go by themselves; what is beyond waits for a promotion."
    limits: Limits
    "Where traffic is taken back when the candidate fails."
    rollBack: RollBackScope!
    "What bake and analyze look at."
    metrics: [Metric!]!
    "The instructions, in order."
    steps: [StepTemplate!]!
    "Whoever got a version by weight keeps it, until the release is over."
    sticky: Sticky
    "What comparisons of candidate and stable may spend together. Absent: 1 % in a release."
    analysis: Analysis
    "What a step waits for: API servers that read the routing back, or proxies that have it."
    verify: VerifyLevel!
    "Addresses outside that are asked, or told, what a release does."
    hooks: [Hook!]!
    "A gate of the service that, while it is open, takes all traffic back."
    rollbackGate: String
    "Time at 100 percent in which the metrics may still roll back."
    bakeAfterPromotion: String
    "Counts the changes of the strategy."
    version: Int!
    "When this version was made."
    createdAt: Moment!
  }

  enum VerifyLevel {
    readBack
    distributed
  }

  "Whoever got a version by weight keeps it."
  type Sticky {
    "Name of the cookie; its value is the release with the version."
    cookie: String!
    "How long it is kept from the first answer on."
    lifetime: String!
  }

  "One instruction. Exactly one field is set."
  type StepTemplate {
    "Percent of traffic for the candidate."
    setWeight: Float
    "Rise from one weight to another in equal steps."
    ramp: Ramp
    "All traffic at once."
    switch: Nothing
    "Requests that match go to the candidate, at any weight."
    route: RouteTemplate
    "End the route of this name."
    removeRoute: String
    "Copy requests to the candidate; nobody sees its answers."
    mirror: MirrorSetting
    "Wait so long, watching the metrics; a failing one rolls back."
    bake: String
    "Wait until so many times the errors would have been found, watching the metrics."
    bakeUntil: BakeUntil
    "Wait for resume, or for the time to pass."
    pause: PauseTemplate
    "Go on when every metric has passed."
    analyze: AnalyzeTemplate
    "Wait for approvals, or for somebody to open it."
    gate: GateTemplate
  }

  "From one weight to another in equal steps; each bakes for its part of the time."
  type Ramp {
    "Percent at its beginning."
    from: Float!
    "Percent at its end."
    to: Float!
    "How many weights, both ends included."
    steps: Int!
    "The time it takes."
    over: String!
  }

  type BakeUntil {
    "How many times stable’s error rate."
    toFind: Float!
    "With which probability it would be found."
    power: Float!
    "How long to wait for the traffic that this needs; then the release is held."
    atMost: String!
  }

  type PauseTemplate {
    "How long; without it until resumed."
    for: String
  }

  type AnalyzeTemplate {
    "Only these metrics. Empty: those of the strategy."
    metrics: [Metric!]!
    "How many measurements each metric takes, instead of its own count."
    iterations: Int
  }

  ${connectionSdl('Strategy', 'strategies')}

  input StrategyInput {
    "Unique name; each change makes a new version."
    name: ID!
    "Clusters in the order in which they take the steps. Default: all at once."
    waves: [WaveSelectorInput!]
    "Clusters that may be unreachable without holding the release; default 0."
    maxUnavailableClusters: Int
    "The same as a share of its clusters in percent; the greater of the two counts."
    maxUnavailablePercent: Float
    "What is different in some clusters."
    overrides: [ClusterOverrideInput!]
    "How far the steps go by themselves; what is beyond waits for a promotion."
    limits: LimitsInput
    "Where traffic is taken back when the candidate fails; default everywhere."
    rollBack: RollBackScope
    "What bake and analyze look at."
    metrics: [MetricInput!]
    "The instructions, in order."
    steps: [StepTemplateInput!]!
    "Whoever got a version by weight keeps it, until the release is over."
    sticky: StickyInput
    "What comparisons of candidate and stable may spend together. Default: 1 % in a release."
    analysis: AnalysisInput
    "What a step waits for; default readBack."
    verify: VerifyLevel
    "Addresses outside that are asked, or told, what a release does."
    hooks: [HookInput!]
    "A gate of the service that, while it is open, takes all traffic back."
    rollbackGate: String
    "Time at 100 percent in which the metrics may still roll back."
    bakeAfterPromotion: String
  }

  "Whoever got a version by weight keeps it."
  input StickyInput {
    "Name of the cookie; its value is the release with the version."
    cookie: String!
    "How long it is kept from the first answer on."
    lifetime: String!
  }

  "Exactly one field."
  input StepTemplateInput {
    "Percent of traffic for the candidate, at most two decimals."
    setWeight: Float
    "Rise from one weight to another in equal steps."
    ramp: RampInput
    "All traffic at once."
    switch: Nothing
    "Requests that match go to the candidate, at any weight."
    route: RouteTemplateInput
    "End the route of this name."
    removeRoute: String
    "Copy requests to the candidate; nobody sees its answers."
    mirror: MirrorSetting
    "Wait so long, watching the metrics; a failing one rolls back."
    bake: String
    "Wait until so many times the errors would have been found, watching the metrics."
    bakeUntil: BakeUntilInput
    "Wait for resume, or for the time to pass."
    pause: PauseTemplateInput
    "Go on when every metric has passed."
    analyze: AnalyzeTemplateInput
    "Wait for approvals, or for somebody to open it."
    gate: GateTemplateInput
  }

  "From one weight to another in equal steps; each bakes for its part of the time."
  input RampInput {
    "Percent at its beginning."
    from: Float!
    "Percent at its end."
    to: Float!
    "How many weights, both ends included; 2 to 200."
    steps: Int!
    "The time it takes."
    over: String!
  }

  input BakeUntilInput {
    "How many times stable’s error rate."
    toFind: Float!
    "With which probability it would be found; default 0.9."
    power: Float
    "How long to wait for the traffic that this needs; then the release is held."
    atMost: String!
  }

  input PauseTemplateInput {
    "How long; without it until resumed."
    for: String
  }

  input AnalyzeTemplateInput {
    "Only these metrics. Empty: those of the strategy."
    metrics: [MetricInput!]
    "How many measurements each metric takes, instead of its own count."
    iterations: Int
  }

  type StrategyPayload {
    "As it is now."
    strategy: Strategy!
  }

  union StrategyResult = StrategyPayload | Refused

  extend type Query {
    "The newest version of a strategy, or the one asked for; null when there is none."
    strategy(name: ID!, version: Int): Strategy
    "The newest version of each strategy, in the order of their names."
    strategies(first: Int = 50, after: String, orderBy: NameOrder = ascending): StrategyConnection!
  }

  extend type Mutation {
    "Makes a new version of a strategy, unless the newest says the same. The sources that it asks must be there."
    putStrategy(strategy: StrategyInput!): StrategyResult!
  }
`;

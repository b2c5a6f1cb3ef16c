import { connectionSdl } from './common.js';

export const strategySdl = /* GraphQL */ `
  "The empty object."
  scalar Nothing
  "What to do while a metric has no samples: ignore, fail, or { hold: { for: duration, then: rollback or pause } }."
  scalar NoData
  "off, or { percent: how many of the requests are copied, methods: all or safe }."
  scalar MirrorSetting

  "A strategy in one of its versions, defaults filled in."
  type Strategy {
    "Unique name; each change makes a new version."
    name: ID!
    "Clusters in the order in which they take the steps."
    waves: [WaveSelector!]!
    "Clusters that may be unreachable without holding the release."
    maxUnavailableClusters: Int!
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

  "Clusters that take a step together. Exactly one of clusters, labels and rest is set."
  type WaveSelector {
    "These clusters."
    clusters: [String!]
    "Clusters that have all of these labels."
    labels: Labels
    "Every cluster that is left."
    rest: Boolean
    "Bakes and ramps take this many times as long here. Absent: 1."
    pace: Float
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

  "One metric of an analysis, judged in each cluster on its own."
  type Metric {
    "Unique among the metrics of an analysis."
    name: String!
    "What is measured."
    query: MetricQuery!
    "Lowest good value."
    min: Float
    "Highest good value."
    max: Float
    "Time from the live weight to the first look."
    initialDelay: String!
    "Time from one measurement to the next."
    interval: String!
    "How far one measurement looks back."
    window: String
    "Conclusive measurements for a verdict."
    count: Int!
    "Fails when more measurements than this have failed."
    failureLimit: Int!
    "Inconclusive when more measurements than this say nothing. Absent: noData decides."
    inconclusiveLimit: Int
    "Inconclusive when more queries in a row than this have gone wrong."
    consecutiveErrorLimit: Int!
    "Requests of the candidate in the window below which a measurement says nothing."
    minSample: Int!
    "What to do while there are no samples."
    noData: NoData!
    "How candidate and stable are compared. Absent: not at all, only by the bounds."
    judge: MetricJudge
    "Its share of the release’s alpha beside the other metrics."
    weight: Float!
    "Measured, judged and shown; decides nothing."
    dryRun: Boolean!
  }

  "How candidate and stable are compared. Exactly one field is set."
  type MetricJudge {
    "Failed requests of both versions; may look as often as it likes."
    errorCount: ErrorCountJudge
    "Requests by latency; catches a worse tail behind an equal median."
    latency: LatencyJudge
    "Any value, by ranks, at each count measurements."
    mannWhitney: MannWhitneyJudge
    "As Kayenta judges, once for each count measurements; does not keep alpha."
    kayenta: KayentaJudge
  }

  type ErrorCountJudge {
    "How many times stable’s error rate is still no harm."
    maxRatio: Float!
    "Requests of the candidate in a step below which it does not pass."
    minRequests: Int!
    "Passes only when the ratio of the error rates is shown to be below this."
    nonInferiorityMargin: Float
  }

  type LatencyJudge {
    "How many times stable’s share of slow requests is still no harm."
    maxRatio: Float!
    "Requests of the candidate in a step below which it does not pass."
    minRequests: Int!
  }

  type MannWhitneyJudge {
    "Which change of the value is harm."
    direction: HarmDirection!
    "Measurements of each version below which it says nothing."
    minPoints: Int!
  }

  type KayentaJudge {
    "Which change of the value is harm."
    direction: HarmDirection!
  }

  enum HarmDirection {
    increase
    decrease
    either
  }

  "What comparisons of candidate and stable may spend together."
  type Analysis {
    "How likely a version that is no worse may be rolled back, in one release."
    alpha: Float!
    "How metrics share alpha: by weight, by Holm’s procedure, or by e-BH."
    metrics: AlphaSharing!
    "How evidence of clusters is put together: average holds always, product where they are independent."
    clusters: ClusterEvidence!
  }

  enum AlphaSharing {
    weight
    holm
    eBH
  }

  enum ClusterEvidence {
    average
    product
  }

  "What is measured. Exactly one field is set."
  type MetricQuery {
    "Requests without a 5xx answer, in percent."
    requestSuccessRate: Nothing
    "A quantile of the response time, in milliseconds."
    requestLatency: LatencyQuery
    "A query that gives one number."
    promql: String
    "One number, asked of a source in its own language."
    source: SourceQuery
    "Requests and failed requests, asked of a source in its own language."
    sourceCounts: SourceCountsQuery
    "Name under which measurements are sent to this server."
    pushed: String
  }

  type SourceQuery {
    "Name of the source."
    name: String!
    "A query that gives one number."
    value: String!
  }

  type SourceCountsQuery {
    "Name of the source."
    name: String!
    "How many requests there were."
    requests: String!
    "How many of them failed."
    errors: String!
  }

  type LatencyQuery {
    "Such as 0.99."
    quantile: Float!
  }

  ${connectionSdl('Strategy', 'strategies')}

  input StrategyInput {
    "Unique name; each change makes a new version."
    name: ID!
    "Clusters in the order in which they take the steps. Default: all at once."
    waves: [WaveSelectorInput!]
    "Clusters that may be unreachable without holding the release; default 0."
    maxUnavailableClusters: Int
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
    "Time at 100 percent in which the metrics may still roll back."
    bakeAfterPromotion: String
  }

  "Exactly one of clusters, labels and rest."
  input WaveSelectorInput {
    "These clusters."
    clusters: [String!]
    "Clusters that have all of these labels."
    labels: Labels
    "Every cluster that is left."
    rest: Boolean
    "Bakes and ramps take this many times as long here; default 1."
    pace: Float
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

  input MetricInput {
    "Unique among the metrics of an analysis."
    name: String!
    "What is measured."
    query: MetricQueryInput!
    "Lowest good value. Give min, max or both."
    min: Float
    "Highest good value. Give min, max or both."
    max: Float
    "Time from the live weight to the first look; default 0s."
    initialDelay: String
    "Time from one measurement to the next; default 30s."
    interval: String
    "How far one measurement looks back. Default: the interval."
    window: String
    "Conclusive measurements for a verdict; default 1."
    count: Int
    "Fails when more measurements than this have failed; default 0."
    failureLimit: Int
    "Inconclusive when more measurements than this say nothing. Default: noData decides."
    inconclusiveLimit: Int
    "Inconclusive when more queries in a row than this have gone wrong; default 4."
    consecutiveErrorLimit: Int
    "Requests of the candidate in the window below which a measurement says nothing; default 1."
    minSample: Int
    "What to do while there are no samples; default: hold for 5m, then pause."
    noData: NoData
    "How candidate and stable are compared. Default: not at all, only by the bounds."
    judge: MetricJudgeInput
    "Its share of the release’s alpha beside the other metrics; default 1."
    weight: Float
    "Measured, judged and shown; decides nothing. Default false."
    dryRun: Boolean
  }

  "Exactly one field."
  input MetricJudgeInput {
    "Failed requests of both versions; may look as often as it likes."
    errorCount: ErrorCountJudgeInput
    "Requests by latency; catches a worse tail behind an equal median."
    latency: LatencyJudgeInput
    "Any value, by ranks, at each count measurements."
    mannWhitney: MannWhitneyJudgeInput
    "As Kayenta judges, once for each count measurements; does not keep alpha."
    kayenta: KayentaJudgeInput
  }

  input ErrorCountJudgeInput {
    "How many times stable’s error rate is still no harm; default 1."
    maxRatio: Float
    "Requests of the candidate in a step below which it does not pass; default 100."
    minRequests: Int
    "Passes only when the ratio of the error rates is shown to be below this."
    nonInferiorityMargin: Float
  }

  input LatencyJudgeInput {
    "How many times stable’s share of slow requests is still no harm; default 1."
    maxRatio: Float
    "Requests of the candidate in a step below which it does not pass; default 100."
    minRequests: Int
  }

  input MannWhitneyJudgeInput {
    "Which change of the value is harm; default increase."
    direction: HarmDirection
    "Measurements of each version below which it says nothing; default 10."
    minPoints: Int
  }

  input KayentaJudgeInput {
    "Which change of the value is harm; default increase."
    direction: HarmDirection
  }

  input AnalysisInput {
    "How likely a version that is no worse may be rolled back, in one release; default 0.01."
    alpha: Float
    "How metrics share alpha; default weight."
    metrics: AlphaSharing
    "How evidence of clusters is put together; default average."
    clusters: ClusterEvidence
  }

  "Exactly one field."
  input MetricQueryInput {
    "Requests without a 5xx answer, in percent."
    requestSuccessRate: Nothing
    "A quantile of the response time, in milliseconds."
    requestLatency: LatencyQueryInput
    "A query that gives one number; may use {{namespace}} {{service}} {{version}} {{window}}."
    promql: String
    "One number, asked of a source in its own language."
    source: SourceQueryInput
    "Requests and failed requests, asked of a source in its own language."
    sourceCounts: SourceCountsQueryInput
    "Name under which measurements are sent to this server."
    pushed: String
  }

  input SourceQueryInput {
    "Name of the source."
    name: String!
    "A query that gives one number; may use {{namespace}} {{service}} {{version}} {{cluster}} {{window}} {{windowSeconds}}."
    value: String!
  }

  input SourceCountsQueryInput {
    "Name of the source."
    name: String!
    "How many requests there were; may use the same."
    requests: String!
    "How many of them failed; may use the same."
    errors: String!
  }

  input LatencyQueryInput {
    "Such as 0.99."
    quantile: Float!
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
    strategies(first: Int = 50, after: String): StrategyConnection!
  }

  extend type Mutation {
    "Makes a new version of a strategy, unless the newest says the same."
    putStrategy(strategy: StrategyInput!): StrategyResult!
  }
`;

/** What a strategy measures and how it is judged; see `strategySdl` for the strategy. */
export const metricSdl = /* GraphQL */ `
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
`;

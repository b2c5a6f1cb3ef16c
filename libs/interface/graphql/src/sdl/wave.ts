/** Which clusters take their turn when, what is different in some, and how far a release goes. */
export const waveSdl = /* GraphQL */ `
  enum RollBackScope {
    everywhere
    wave
  }

  "What is different in some clusters. Exactly one of clusters and labels is set."
  type ClusterOverride {
    "These clusters."
    clusters: [String!]
    "Clusters that have all of these labels."
    labels: Labels
    "Bakes and ramps take this many times as long; a wave goes by its slowest cluster."
    pace: Float
    "Other limits of metrics here."
    bounds: [MetricBounds!]
  }

  "Other limits of a metric; what is not set stays."
  type MetricBounds {
    "Name of the metric."
    metric: String!
    "Less than this fails."
    min: Float
    "More than this fails."
    max: Float
  }

  "What the steps give the candidate at the most, in percent."
  type Limits {
    "In how many of the release’s clusters it serves requests."
    clustersPercent: Float
    "Of all traffic, each cluster counting the same."
    trafficPercent: Float
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
    "Makes waves of at most so many clusters, one after the other."
    atOnce: Int
    "The same as a share of these clusters in percent."
    atOncePercent: Float
    "Time at 100 percent, still watched, before the next wave begins."
    bakeAfter: String
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
    "Makes waves of at most so many clusters, one after the other."
    atOnce: Int
    "The same as a share of these clusters in percent; instead of atOnce."
    atOncePercent: Float
    "Time at 100 percent, still watched, before the next wave begins."
    bakeAfter: String
  }

  "Exactly one of clusters and labels."
  input ClusterOverrideInput {
    "These clusters."
    clusters: [String!]
    "Clusters that have all of these labels."
    labels: Labels
    "Bakes and ramps take this many times as long; a wave goes by its slowest cluster."
    pace: Float
    "Other limits of metrics here."
    bounds: [MetricBoundsInput!]
  }

  "Other limits of a metric; at least one of min and max."
  input MetricBoundsInput {
    "A metric of the strategy, or of one of its analyze steps."
    metric: String!
    "Less than this fails, instead of its own min."
    min: Float
    "More than this fails, instead of its own max."
    max: Float
  }

  "At least one of both, in percent."
  input LimitsInput {
    "In how many of the release’s clusters it serves requests."
    clustersPercent: Float
    "Of all traffic, each cluster counting the same."
    trafficPercent: Float
  }
`;

import { connectionSdl } from './common.js';

export const lookSdl = /* GraphQL */ `
  "One measurement, and what it and those before it added up to then."
  type Look {
    "Index of the step, from 0; the number of steps in the bake after the promotion."
    step: Int!
    "Name of the metric."
    metric: String!
    "Where it was measured."
    cluster: String!
    "Counts the metric’s measurements in this step and cluster, from 0."
    ordinal: Int!
    "When the window began."
    from: Moment!
    "When it ended."
    to: Moment!
    "What was asked, in words or in the source’s own language."
    query: String
    "What the source answered."
    reading: Reading!
    "Null where a later window was measured at the same time."
    verdict: Verdict
  }

  enum ReadingKind {
    value
    empty
    notANumber
    error
  }

  "What the source answered: of a value, the candidate’s sample, and stable’s where it has one."
  type Reading {
    "What came: a value, no answer, NaN or infinity, or a query that went wrong. None of them is another."
    kind: ReadingKind!
    "Of a value: what the candidate’s samples said."
    candidate: Sample
    "Of a value: what the stable version’s samples said."
    stable: Sample
    "Of an error: what the source said."
    message: String
  }

  "What one version’s samples said in the window."
  type Sample {
    "Success rate in percent, latency in milliseconds, else as the query says."
    value: Float!
    "Requests behind the value; null where the query does not tell."
    requests: Float
    "Of them, those that failed; where the query counts failures."
    errors: Float
    "Requests by latency, where the query is for a latency."
    histogram: LatencyHistogram
  }

  "Requests by latency; not cumulative."
  type LatencyHistogram {
    "Ascending, in milliseconds: at most so long took what is counted here."
    upperBounds: [Float!]!
    "How many took longer than the bound before and no longer than this one; the last count, one more than there are bounds, is of all that took longer."
    counts: [Float!]!
  }

  ${connectionSdl('Look', 'looks')}
`;

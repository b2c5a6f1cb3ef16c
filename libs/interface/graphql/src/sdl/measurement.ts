export const measurementSdl = /* GraphQL */ `
  "What somebody measured themselves. Has either a value, or requests and errors."
  input MeasurementInput {
    "Name under which strategies ask for it."
    metric: String!
    "The cluster in which it was measured."
    cluster: String!
    "namespace/name of the service."
    service: String!
    "The version that was measured."
    version: String!
    "When it was measured, at most an hour ago; a clock may be 5 s ahead. Default: when it arrives."
    at: Moment
    "What was measured; or requests and errors."
    value: Float
    "Requests since the measurement before, with errors, instead of a value."
    requests: Int
    "How many of these requests failed."
    errors: Int
  }

  "What became of pushed measurements."
  type PushedMeasurements {
    "How many measurements were taken: all that were sent."
    accepted: Int!
  }

  union PushedMeasurementsResult = PushedMeasurements | Refused

  extend type Mutation {
    "Takes up to 1000 measurements; when one is wrong, none. They are kept for a day."
    pushMeasurements(
      measurements: [MeasurementInput!]!
      idempotencyKey: String
    ): PushedMeasurementsResult!
  }
`;

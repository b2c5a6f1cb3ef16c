import { refusalFields } from './common.js';

const command = (name: string, what: string): string => /* GraphQL */ `
    "${what}"
    ${name}Release(id: ID!, comment: String, idempotencyKey: String): ReleaseResult!`;

/** How releases are begun and told what to do; see `releaseSdl` for what they are. */
export const releaseCommandSdl = /* GraphQL */ `
  "The intent to release a version."
  input ReleaseInput {
    "namespace/name of the service."
    service: ID!
    "The version to release."
    candidate: String!
    "The strategy’s name; its newest version is taken."
    strategy: ID!
    "Why, in your words."
    description: String
    "Id that a plan gave: then what is written is what the plan showed."
    id: ID
    "Where another release of the service runs; without it what the service says."
    onBusy: OnBusy
  }

  type ReleasePayload {
    "As it is now."
    release: Release!
  }

  "The service is being released."
  type ServiceBusy implements Refusal {
    ${refusalFields}
    "The release that runs; null when it has ended meanwhile, or is not for you to see."
    running: Release
  }

  "Where the release is, that cannot be done."
  type NotPossibleInPhase implements Refusal {
    ${refusalFields}
    "The release as it is now."
    release: Release
  }

  union ReleaseResult = ReleasePayload | ServiceBusy | NotPossibleInPhase | Refused

  extend type Mutation {
    "Starts a release. The same idempotency key with the same input starts it once."
    startRelease(release: ReleaseInput!, idempotencyKey: String): ReleaseResult!
    ${command('pause', 'Weights stay as they are until it is resumed.')}
    ${command('resume', 'Goes on where it was paused, or held for drift, which is then written over.')}
    ${command('promote', 'Skips what is left of the plan: all traffic now; the bake after it still judges.')}
    "Skips what is left of the plan and the bake after it: succeeds as soon as every cluster has all traffic."
    promoteReleaseFully(id: ID!, comment: String, idempotencyKey: String): ReleaseResult!
    "Takes a step, without it the present one, as done. One that judges the candidate wants a comment."
    skipReleaseStep(id: ID!, step: Int, comment: String, idempotencyKey: String): ReleaseResult!
    "Goes to the step of this index: back at once, ahead by the weights on the way."
    jumpReleaseToStep(id: ID!, step: Int!, comment: String, idempotencyKey: String): ReleaseResult!
    ${command('restart', 'Goes back to the first step of its plan; weights go down at once.')}
    "Goes on by another strategy, at the weights that clusters have; without a version the newest."
    changeReleaseStrategy(
      id: ID!
      strategy: ID!
      version: Int
      comment: String
      idempotencyKey: String
    ): ReleaseResult!
    "A new release of the same version, where this one came to nothing."
    retryRelease(
      id: ID!
      strategy: ID
      onBusy: OnBusy
      comment: String
      idempotencyKey: String
    ): ReleaseResult!
    "A new release of the version that served before this one, the service’s latest."
    undoRelease(
      id: ID!
      strategy: ID
      onBusy: OnBusy
      comment: String
      idempotencyKey: String
    ): ReleaseResult!
    ${command('abort', 'Gives all traffic back to the stable version, or takes it out of the queue.')}
  }
`;

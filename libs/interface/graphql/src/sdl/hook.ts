import { connectionSdl } from './common.js';

export const hookSdl = /* GraphQL */ `
  "When a hook is called: confirm-rollout, pre-rollout, rollout, confirm-traffic-increase, confirm-promotion, post-rollout, rollback or event, as Flagger’s webhooks are named."
  scalar HookPoint

  "An address outside that is asked, or told, what a release does."
  type Hook {
    "Unique in the strategy."
    name: String!
    "When it is called."
    point: HookPoint!
    "Where it is."
    url: String!
    "For one attempt."
    timeout: String!
    "Attempts after the first, where nobody answers or the answer is 429 or 5xx but 501."
    retries: Int!
    "Between two calls while it is asked again and again."
    interval: String!
    "Rolls back when more calls of pre-rollout or rollout than this have failed."
    failureLimit: Int!
    "Sent with each call as it is."
    metadata: Labels!
    "Name of the secret that calls are signed with."
    secret: String
  }

  "An address outside that is asked, or told, what a release does."
  input HookInput {
    "Unique in the strategy."
    name: String!
    "When it is called."
    point: HookPoint!
    "Where it is, with http or https. An address that is not public has to be allowed by the server."
    url: String!
    "For one attempt, at most 1m; default 10s."
    timeout: String
    "Attempts after the first, where nobody answers or the answer is 429 or 5xx but 501; default 0."
    retries: Int
    "Between two calls while it is asked again and again, 1s to 1h; default 10s."
    interval: String
    "Rolls back when more calls of pre-rollout or rollout than this have failed; default 0."
    failureLimit: Int
    "Sent with each call as it is."
    metadata: Labels
    "Name of the secret that calls are signed with, as Standard Webhooks say."
    secret: String
  }

  enum HookCallState {
    underWay
    open
    closed
    unanswered
  }

  "What a hook was asked, or told, and what it answered."
  type HookCall {
    "Name of the hook."
    hook: String!
    "When it is called."
    point: HookPoint!
    "The webhook-id of the last call; the same for all its attempts."
    id: String!
    "Whether it agreed (open), did not (closed), or nobody knows (unanswered); underWay until then."
    state: HookCallState!
    "HTTP status, where there was one."
    status: Int
    "What came of it, in a sentence."
    detail: String!
    "Of the last call; more than one where it was repeated."
    attempts: Int!
    "How often it was asked, and answered the same, in a row."
    times: Int!
    "When it was called first."
    firstAt: Moment!
    "When it answered last; while it is under way, when the attempt began."
    at: Moment!
    "How long the last attempt took, in milliseconds."
    tookMs: Float!
    "When the next attempt is made."
    retryAt: Moment
  }

  ${connectionSdl('HookCall', 'hook calls')}

  extend type Release {
    "What its hooks were asked and told, and what they answered; the same answer again and again is one. Newest first."
    hookCalls(hook: String, first: Int = 50, after: String): HookCallConnection!
  }
`;

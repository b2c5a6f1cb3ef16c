/** Gates of strategies and releases, approvals, and gates that are opened by hand. */
export const gateSdl = /* GraphQL */ `
  enum GateState {
    open
    closed
  }

  enum RejectionPolicy {
    rollback
    pause
  }

  "A point that a release does not pass by itself. Exactly one of approvals and manual is set."
  type GateTemplate {
    "Its name, for people and for who opens it."
    name: String
    "Whose yes it takes."
    approvals: ApprovalPolicy
    "As long as nobody said otherwise for the service."
    manual: GateState
  }

  "Who has to say yes before a release goes on."
  type ApprovalPolicy {
    "How many different people, or tokens, must approve."
    count: Int!
    "Who has one of these roles where the release is may approve."
    roles: [Role!]
    "So may these, by the names that events show."
    people: [String!]
    "False: not who started the release, changed its strategy or wrote that."
    selfApproval: Boolean
    "An approval counts for so long; absent: until the plan is another one."
    expiresAfter: String
    "What a rejection does; absent: rollback."
    onReject: RejectionPolicy
  }

  "A point that a release does not pass by itself. Exactly one of approvals and manual."
  input GateTemplateInput {
    "Its name, for people and for who opens it."
    name: String
    "Whose yes it takes."
    approvals: ApprovalPolicyInput
    "As long as nobody said otherwise for the service."
    manual: GateState
  }

  "Who has to say yes before a release goes on."
  input ApprovalPolicyInput {
    "How many different people, or tokens, must approve; 1 to 20."
    count: Int!
    "Who has one of these roles where the release is may approve. Neither roles nor people: approvers and admins."
    roles: [Role!]
    "So may these, by the names that events show."
    people: [String!]
    "False: not who started the release, changed its strategy or wrote that; default true."
    selfApproval: Boolean
    "An approval counts for so long; without it until the plan is another one."
    expiresAfter: String
    "What a rejection does; default rollback."
    onReject: RejectionPolicy
  }

  "Somebody’s yes to one plan; a changed plan voids it."
  type Approval {
    "Who: a person, or the name of a token."
    by: String!
    "The roles that they had where the release is."
    roles: [String!]!
    "When."
    at: Moment!
    "Digest of the plan that was approved."
    plan: String!
    "When it stops to count; null: never."
    until: Moment
  }

  "A gate of the release’s plan."
  type ReleaseGate {
    "Its name."
    name: String!
    "Index of the wave that it is in front of, from 0."
    wave: Int!
    "Index of its step in the plan, from 0."
    step: Int!
    "What lets a release pass, in words."
    wants: String!
    "How many approvals; null where it is opened by hand."
    count: Int
    "When it let the release pass; null: it did not yet."
    passedAt: Moment
    "Those that were not voided, also expired ones."
    approvals: [Approval!]!
  }

  "The gate that a release waits at."
  type Awaiting {
    "Name of the gate."
    gate: String!
    "Index of its wave, from 0."
    wave: Int!
    "Since when."
    since: Moment!
  }

  "A freeze window that does not count for a release for a while."
  type OverriddenFreeze {
    "Name of the freeze window."
    window: String!
    "Until when it does not count; null: for good."
    until: Moment
  }

  "A gate that a release will come to."
  type GateAhead {
    "Its name."
    name: String!
    "Index of the wave that it is in front of, from 0."
    wave: Int!
    "Index of its step in the plan, from 0."
    step: Int!
    "What lets a release pass, in words."
    wants: String!
    "As it is now, where it is opened by hand."
    state: GateState
  }

  "A gate that waits for your approval."
  type ApprovalWaiting {
    "Id of the release."
    release: ID!
    "namespace/name of its service."
    service: String!
    "The version that serves."
    stable: String!
    "The version that is released."
    candidate: String!
    "Who asked for the release."
    requestedBy: String!
    "Why it was asked for."
    description: String!
    "Name of the gate."
    gate: String!
    "Index of its wave, from 0."
    wave: Int!
    "Since when it waits."
    since: Moment!
    "Digest of the plan that is to be approved."
    plan: String!
    "Those that count already."
    approvals: [Approval!]!
    "How many it takes."
    wanted: Int!
  }

  "A gate of a service that somebody opened or closed. It stays so, release after release."
  type Gate {
    "namespace/name of its service."
    service: String!
    "Its name, as strategies use it."
    name: String!
    "Open lets releases of the service pass."
    state: GateState!
    "Who said so last."
    actor: String!
    "Why; may be empty."
    comment: String!
    "When."
    at: Moment!
  }

  type GatePayload {
    "As it is now."
    gate: Gate!
  }

  union GateResult = GatePayload | Refused

  extend type Query {
    "Gates at which releases wait now for an approval of yours, the oldest release first."
    approvalsWaiting: [ApprovalWaiting!]!
    "Gates of a service that somebody opened or closed, in the order of their names."
    gates(service: ID!): [Gate!]!
  }

  extend type Mutation {
    "Your yes at a gate, to the plan as it is now. Without a gate the next one that wants approvals; with a plan’s digest refused when it is another one by now."
    approveRelease(
      id: ID!
      gate: String
      plan: String
      comment: String
      idempotencyKey: String
    ): ReleaseResult!
    "Your no at a gate: gives all traffic back to the stable version, or pauses the release where the gate says so."
    rejectRelease(
      id: ID!
      gate: String
      plan: String
      comment: String
      idempotencyKey: String
    ): ReleaseResult!
    "Opens or closes a gate of a service, for this release of it and those after it."
    setGate(service: ID!, name: ID!, state: GateState!, comment: String): GateResult!
  }
`;

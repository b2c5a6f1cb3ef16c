import { doors } from '@spillway/application';
import { roles } from '@spillway/domain-access';
import { connectionSdl } from './common.js';

const tokens = /* GraphQL */ `
  "A token of a script or a machine, without its text."
  type Token implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "Unique name; the actor of all that is done with the token."
    name: ID!
    "What its text begins with."
    prefix: String!
    "Roles, each with where it holds."
    grants: [Grant!]!
    "Who made it."
    createdBy: String!
    "When it was made."
    createdAt: Moment!
    "When it is not good any more; null: until it is revoked."
    expiresAt: Moment
    "When it was last used, to the minute."
    lastUsedAt: Moment
    "Until when the text before the last rotation is good."
    rotatesUntil: Moment
  }

  ${connectionSdl('Token', 'tokens')}

  input TokenInput {
    "Unique name; the actor of all that is done with the token."
    name: ID!
    "Roles, each with where it holds."
    grants: [GrantInput!]!
    "When it is not good any more. Absent: until it is revoked."
    expiresAt: Moment
  }

  "A token with its text, which is told this once."
  type IssuedTokenPayload {
    "The token."
    token: Token!
    "What callers send as bearer token."
    text: String!
  }

  union IssuedTokenResult = IssuedTokenPayload | Refused
`;

const members = /* GraphQL */ `
  "Claims with their values, as a JSON object."
  scalar Claims

  "Those of whom an identity provider says the same, and what they may do."
  type Member implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "Unique name, for people."
    name: ID!
    "The identity provider, as the settings of the server call it."
    provider: String!
    "What the provider must say of somebody."
    claims: Claims!
    "Roles, each with where it holds."
    grants: [Grant!]!
    "When it was first put."
    createdAt: Moment!
    "When it was last put."
    updatedAt: Moment!
  }

  ${connectionSdl('Member', 'members')}

  input MemberInput {
    "Unique name, for people."
    name: ID!
    "The identity provider, as the settings of the server call it."
    provider: String!
    "What the provider must say of somebody: each claim with its value."
    claims: Claims!
    "Roles, each with where it holds."
    grants: [GrantInput!]!
  }

  type MemberPayload {
    "As it is now."
    member: Member!
  }

  union MemberResult = MemberPayload | Refused
`;

const audit = /* GraphQL */ `
  "By which door a request came."
  enum Door {
    ${doors.join('\n    ')}
  }

  "One change, in its place in the chain of all changes."
  type AuditRecord {
    "Its place in the chain, from 1."
    sequence: Int!
    "When the change was made."
    at: Moment!
    "Who made it."
    actor: String!
    "By which door the request came."
    via: Door!
    "The X-Request-Id of the request."
    requestId: String!
    "Where the request came from."
    address: String
    "What was done."
    operation: String!
    "What was changed."
    subject: String!
    "Digest of it before; null when it was not there."
    before: String
    "Digest of it after; null when it is not there."
    after: String
    "SHA-256 of the previous hash and this record."
    hash: String!
  }

  ${connectionSdl('AuditRecord', 'audit records')}

  "What came of checking the audit log."
  type AuditProof {
    "Whether every record follows from those before it."
    ok: Boolean!
    "How many follow."
    records: Int!
    "Hash of the last that does; note it elsewhere to find a log that was cut."
    hash: String!
    "The first that does not."
    broken: AuditRecord
  }
`;

export const accessSdl = /* GraphQL */ `
  enum Role {
    ${roles.join('\n    ')}
  }

  "A role, and where it holds."
  type Grant {
    "What may be done."
    role: Role!
    "Only for services of these namespaces; null: of all."
    namespaces: [String!]
    "Only in clusters whose label env is one of these; null: in all."
    environments: [String!]
    "Only in clusters that have all of these labels; null: in all."
    clusters: Labels
  }

  input GrantInput {
    "What may be done."
    role: Role!
    "Only for services of these namespaces. Absent: of all."
    namespaces: [String!]
    "Only in clusters whose label env is one of these. Absent: in all."
    environments: [String!]
    "Only in clusters that have all of these labels. Absent: in all."
    clusters: Labels
  }

  "A role with what it may do."
  type RoleDescription {
    "The role."
    role: Role!
    "The operations that it may do, where it holds."
    operations: [String!]!
  }
  ${tokens}
  ${members}
  ${audit}
  extend type Query {
    "Every role, with what it may do."
    roles: [RoleDescription!]!
    "A token, or null when there is none of that name."
    token(name: ID!): Token
    "Tokens by name."
    tokens(first: Int = 50, after: String, orderBy: NameOrder = ascending): TokenConnection!
    "A member, or null when there is none of that name."
    member(name: ID!): Member
    "Members by name."
    members(first: Int = 50, after: String, orderBy: NameOrder = ascending): MemberConnection!
    "Who changed what, newest first."
    auditRecords(actor: String, operation: String, subject: String, first: Int = 50, after: String): AuditRecordConnection!
    "Whether the whole audit log is as it was written."
    auditProof: AuditProof!
  }

  extend type Mutation {
    "Makes a token. Its text is told this once, and again to who repeats this by its idempotency key."
    createToken(token: TokenInput!, idempotencyKey: String): IssuedTokenResult!
    "Gives a token a new text; the one before goes on being good for the overlap."
    rotateToken(name: ID!, overlap: String = "1h", idempotencyKey: String): IssuedTokenResult!
    "From then on no process lets anybody in with it."
    revokeToken(name: ID!): RemovalResult!
    "Adds a member or replaces it."
    putMember(member: MemberInput!): MemberResult!
    "Those whom it means lose these roles at once."
    removeMember(name: ID!): RemovalResult!
  }
`;

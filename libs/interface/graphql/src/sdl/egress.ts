import { egressProtocols, egressResolutions } from '@spillway/domain-egress';
import { connectionSdl } from './common.js';

export const egressSdl = /* GraphQL */ `
  enum EgressMode {
    observe
    enforce
  }

  enum EgressRolloutMode {
    off
    observe
    enforce
  }

  enum EgressProtocol {
    ${egressProtocols.join('\n    ')}
  }

  enum EgressResolution {
    ${egressResolutions.join('\n    ')}
  }

  enum EgressReportState {
    measured
    noData
    failed
  }

  "What the workloads of a namespace may reach outside the mesh."
  type EgressPolicy implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "The namespace."
    name: ID!
    "Clusters that the policy holds in."
    clusters: [String!]!
    "observe blocks nothing; enforce blocks what is not allowed."
    mode: EgressMode!
    "What may be reached."
    allow: [AllowedEgress!]!
    "Counts the changes."
    generation: Int!
    "Who made the last change."
    changedBy: String!
    "Why."
    because: String!
    "Why it was enforced though traffic would be blocked, or nobody knew."
    acceptedBlocked: String
    "Cluster by cluster."
    rollouts: [EgressRollout!]!
    "When it was added."
    createdAt: Moment!
    "When it was last changed."
    updatedAt: Moment!
  }

  "Hosts that may be reached."
  type AllowedEgress {
    "Full names, or *. and a domain."
    hosts: [String!]!
    "The ports of these hosts."
    ports: [EgressPort!]!
    "Who answers for it."
    owner: String!
    "Why it is allowed."
    reason: String!
    "Who finds the address."
    resolution: EgressResolution!
  }

  "A port and what is spoken on it."
  type EgressPort {
    "The port that is called."
    number: Int!
    "What is spoken on it."
    protocol: EgressProtocol!
  }

  "The policy in one cluster."
  type EgressRollout {
    "The cluster."
    cluster: String!
    "What it should have; off: the policy is leaving it."
    mode: EgressRolloutMode!
    "The generation that it should have."
    generation: Int!
    "The one that was last read back whole."
    appliedGeneration: Int
    "Whether these are the same."
    applied: Boolean!
    "When that was."
    appliedAt: Moment
    "Why they are not the same."
    because: String
    "Why the cluster could not be looked at just now."
    unreachable: String
    "What is not as it was applied, and who did that. Absent in lists."
    drift: [String!]
    "What a person should know of the cluster. Absent in lists."
    remarks: [String!]
  }

  "What enforcing a policy would block."
  type EgressReport {
    "The namespace."
    name: ID!
    "When it was asked."
    at: Moment!
    "How far it looks back."
    window: String!
    "How many findings would be blocked."
    wouldBlock: Int!
    "Whether every cluster was measured."
    known: Boolean!
    "Cluster by cluster."
    clusters: [EgressClusterReport!]!
  }

  "The report of one cluster."
  type EgressClusterReport {
    "The cluster."
    cluster: String!
    "Only of a measured one is anything known."
    state: EgressReportState!
    "Why nothing is known."
    because: String
    "All that the namespace’s workloads sent in the window, to wherever."
    requests: Float
    "What is not covered, the busiest first."
    findings: [EgressFinding!]!
    "What a person should know of the cluster."
    remarks: [String!]!
  }

  "Traffic that the allow-list does not cover."
  type EgressFinding {
    "The workload that calls."
    workload: String!
    "Where it calls; absent where the protocol names no host to the proxy."
    host: String
    "The port, where it is known."
    port: Int
    "http, grpc or tcp, as Istio counted it."
    protocol: String!
    "Requests; of TCP connections."
    requests: Float!
    "When it was first seen in the window, roughly."
    firstSeen: Moment
    "When it was last seen in the window, roughly."
    lastSeen: Moment
    "Whether a proxy refused it already."
    blocked: Boolean!
    "Whether it passes today and would not any more."
    wouldBlock: Boolean!
    "Seen only before the allow-list was applied as it is; it may be covered by now."
    beforeAllowList: Boolean!
  }

  ${connectionSdl('EgressPolicy', 'egress policies')}

  input EgressPolicyInput {
    "The namespace."
    name: ID!
    "Clusters that the policy holds in."
    clusters: [String!]!
    "observe writes the allow-list and blocks nothing; enforce blocks all else. Default observe."
    mode: EgressMode
    "What may be reached."
    allow: [AllowedEgressInput!]!
    "Why it may be enforced though traffic would be blocked, or nobody knows."
    acceptBlocked: String
  }

  input AllowedEgressInput {
    "Full names in lower case, such as api.example.com or *.example.com."
    hosts: [String!]!
    "The ports of these hosts."
    ports: [EgressPortInput!]!
    "Who answers for it; written into the cluster."
    owner: String!
    "Why it is allowed; written into the cluster."
    reason: String!
    "NONE, the default, sends to the address that the caller found; DNS lets the proxy find it."
    resolution: EgressResolution
  }

  input EgressPortInput {
    "The port that is called."
    number: Int!
    "What is spoken on it; TLS is passed on by its SNI."
    protocol: EgressProtocol!
  }

  type EgressPolicyPayload {
    "As it is now."
    egressPolicy: EgressPolicy!
  }

  union EgressPolicyResult = EgressPolicyPayload | Refused

  extend type Query {
    "The egress policy of a namespace with what its clusters hold now, or null when there is none."
    egressPolicy(name: ID!): EgressPolicy
    "Egress policies in the order of their namespaces; no cluster is asked."
    egressPolicies(first: Int = 50, after: String, orderBy: NameOrder = ascending): EgressPolicyConnection!
    "What enforcing the policy would block, or null when there is none."
    egressReport(name: ID!, window: String = "24h"): EgressReport
  }

  extend type Mutation {
    "Adds an egress policy, or replaces the one of that namespace."
    putEgressPolicy(egressPolicy: EgressPolicyInput!): EgressPolicyResult!
    "Closes the namespace; refused while traffic is seen that would be blocked, unless that is accepted."
    enforceEgress(name: ID!, acceptBlocked: String, window: String = "24h"): EgressPolicyResult!
    "Opens the namespace again, in all clusters at once."
    rollbackEgress(name: ID!, comment: String = ""): EgressPolicyResult!
  }
`;

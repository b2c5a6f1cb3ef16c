import { connectionSdl } from './common.js';

export const clusterSdl = /* GraphQL */ `
  "A cluster with the state of its connection. Secrets are never given out."
  type Cluster implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "Unique name."
    name: ID!
    "What waves select by."
    labels: Labels!
    "How the API server is reached."
    connection: ClusterAccess!
    "Where its metrics come from."
    metrics: MetricsAccess!
    "Who is asked whether proxies have a routing."
    proxies: ProxiesAccess
    "What the answering process knows; notConnected: it holds no connection itself."
    state: ClusterState!
    "Since when it is in this state."
    since: Moment
    "Why it is in this state, where there is a reason."
    reason: String
    "When it was added."
    createdAt: Moment!
    "When it was last replaced."
    updatedAt: Moment!
  }

  enum ProxiesAccessKind {
    istiod
    envoy
  }

  "Who is asked whether proxies have a routing."
  type ProxiesAccess {
    "Whether istiods or the proxies are asked."
    kind: ProxiesAccessKind!
    "Their addresses."
    urls: [String!]!
  }

  enum ClusterState {
    ready
    connecting
    unreachable
    notConnected
  }

  enum ClusterAccessKind {
    kubeconfig
    inCluster
    simulated
  }

  "How an API server is reached, without its secrets."
  type ClusterAccess {
    "What kind of connection."
    kind: ClusterAccessKind!
    "Context of the kubeconfig, where one was given."
    context: String
    "Seed of a simulated cluster."
    seed: Int
  }

  enum MetricsAccessKind {
    prometheus
    simulated
    none
  }

  enum MetricsAuth {
    none
    bearer
    basic
  }

  enum MetricsReporter {
    source
    destination
    waypoint
  }

  "Where metrics come from, without its secrets."
  type MetricsAccess {
    "Where figures come from."
    kind: MetricsAccessKind!
    "Base address of the Prometheus API."
    url: String
    "How Spillway says who it is."
    auth: MetricsAuth
    "How long a query may take, as a duration."
    timeout: String
    "Which proxy’s figures are read."
    reporter: MetricsReporter
    "Time between two scrapes of a proxy."
    scrapeInterval: String
    "How late the last scrape of a window may arrive."
    lag: String
  }

  ${connectionSdl('Cluster', 'clusters')}

  input ClusterInput {
    "Unique name."
    name: ID!
    "What waves select by, such as region or env."
    labels: Labels
    "How its API server is reached; exactly one of kubeconfig, inCluster, simulated."
    connection: ClusterAccessInput!
    "Where its metrics come from; exactly one."
    metrics: MetricsAccessInput!
    "Who is asked whether proxies have a routing; without it nobody is."
    proxies: ProxiesAccessInput
  }

  "Exactly one of istiod, envoy."
  input ProxiesAccessInput {
    "Debug address of every istiod replica."
    istiod: [String!]
    "Admin address of each Envoy."
    envoy: [String!]
  }

  "Exactly one of kubeconfig, inCluster, simulated."
  input ClusterAccessInput {
    "The text of a kubeconfig file. Stored encrypted, never given out again."
    kubeconfig: String
    "Which context of the kubeconfig; default: its current one."
    context: String
    "The cluster that Spillway itself runs in."
    inCluster: Boolean
    "A made-up cluster with traffic, for trying things out."
    simulated: SimulatedClusterInput
  }

  input SimulatedClusterInput {
    "The same seed behaves the same way."
    seed: Int!
  }

  "Exactly one of prometheus, simulated, none."
  input MetricsAccessInput {
    "Istio’s standard metrics in a Prometheus."
    prometheus: PrometheusInput
    "A simulated cluster measures itself."
    simulated: Boolean
    "No metrics: analysis finds no data here."
    none: Boolean
  }

  input PrometheusInput {
    "Base address of the Prometheus API."
    url: String!
    "Sent as bearer token. Stored encrypted."
    bearerToken: String
    "HTTP basic authentication; instead of bearerToken."
    basic: BasicAuthInput
    "PEM of the authority that signed the server certificate, where it is a private one."
    caCertificate: String
    "How long a query may take; default 10s."
    timeout: String
    "Which proxy’s figures to read; default destination."
    reporter: MetricsReporter
    "Time between two scrapes of a proxy; default 15s."
    scrapeInterval: String
    "How long after a window’s end the last scrape in it may still arrive; default 1s."
    lag: String
  }

  input BasicAuthInput {
    "User of HTTP basic authentication."
    username: String!
    "Its password. Stored encrypted."
    password: String!
  }

  type ClusterPayload {
    "As it is now."
    cluster: Cluster!
  }

  union ClusterResult = ClusterPayload | Refused

  enum ProbeFindingKind {
    ok
    unreachable
    certificate
    unauthorized
    forbidden
    istioCrdsMissing
  }

  "One finding of a probe."
  type ProbeFinding {
    "What was found."
    kind: ProbeFindingKind!
    "The finding in a sentence."
    message: String!
    "Version of the API server."
    kubernetesVersion: String
    "Version of Istio, where it could be told."
    istioVersion: String
  }

  "What a probe of a cluster found."
  type Probe {
    "True when nothing stands in the way of releasing here."
    ok: Boolean!
    "All that stands in the way, or a single ok."
    findings: [ProbeFinding!]!
  }

  type ProbePayload {
    "What was found just now."
    probe: Probe!
  }

  union ProbeResult = ProbePayload | Refused

  extend type Query {
    "A cluster, or null when there is none of that name."
    cluster(name: ID!): Cluster
    "Clusters in the order of their names."
    clusters(first: Int = 50, after: String, orderBy: NameOrder = ascending): ClusterConnection!
  }

  extend type Mutation {
    "Adds a cluster, or replaces the one of that name."
    putCluster(cluster: ClusterInput!): ClusterResult!
    "Removes a cluster; refused while a service or an egress policy is in it. Nothing is changed in it."
    removeCluster(name: ID!): RemovalResult!
    "Reads in a cluster what releasing needs, and says all that stands in the way. Changes nothing; may take seconds."
    probeCluster(name: ID!): ProbeResult!
  }
`;

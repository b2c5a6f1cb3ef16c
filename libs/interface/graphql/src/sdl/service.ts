import { connectionSdl } from './common.js';

export const serviceSdl = /* GraphQL */ `
  "A mesh service."
  type Service implements Node {
    "Unique among all objects; see Node."
    id: ID!
    "namespace/name."
    name: ID!
    "Fully qualified host."
    host: String!
    "The service port that is released."
    port: Int!
    "What the port carries. TLS is routed by its host name and stays encrypted."
    protocol: Protocol!
    "The pod label that tells versions apart."
    versionLabel: String!
    "Host of each version’s own Kubernetes Service, such as catalog-{version}. Absent: versions are subsets."
    versionHost: String
    "The version that serves now."
    stable: String!
    "Names of the clusters that it runs in."
    clusters: [String!]!
    "Where it is reached from outside the mesh. Routed there as in the mesh."
    edge: Edge
    "Who owns the routing."
    routing: Routing!
    "What happens when somebody changes the routing."
    drift: DriftPolicy!
    "What becomes of a new release while one runs, where that one does not say it."
    onBusy: OnBusy!
    "Which of its requests proxies write down, and when. Absent: Spillway changes nothing."
    accessLog: AccessLog
    "Counts the changes of its desired traffic."
    generation: Int!
    "The release that wrote its routing last, running or not."
    latestRelease: ID
    "When it was added."
    createdAt: Moment!
    "When it was last changed."
    updatedAt: Moment!
  }

  enum Protocol {
    http
    grpc
    tcp
    tls
  }

  "What happens when somebody changes the routing: it is written again, or the release is held."
  enum DriftPolicy {
    heal
    hold
  }

  enum LogTime {
    "While a release of the service runs."
    release
    "At all times."
    always
  }

  enum LogSide {
    "Requests that the pods make."
    client
    "Requests that they get."
    server
    both
  }

  "Which requests of a service proxies write down, and when."
  type AccessLog {
    "While a release runs, or at all times."
    during: LogTime!
    "Labels of the pods whose proxies log."
    selector: Labels!
    "Where those pods are. Absent: in the service’s namespace."
    namespace: String
    "Requests that the pods make, that they get, or both."
    side: LogSide!
    "A provider of the mesh’s configuration."
    provider: String!
    "Only answers from this status up."
    fromCode: Int
    "Only requests that took a route of Spillway’s."
    ownRoutes: Boolean!
  }

  "Which requests of a service proxies write down, and when."
  input AccessLogInput {
    "While a release runs, or at all times; default release."
    during: LogTime
    "Labels of the pods whose proxies log."
    selector: Labels!
    "Where those pods are. Default: in the service’s namespace."
    namespace: String
    "Requests that the pods make, that they get, or both; default both."
    side: LogSide
    "A provider of the mesh’s configuration; default envoy."
    provider: String
    "Only answers from this status up, such as 500."
    fromCode: Int
    "Only requests that took a route of Spillway’s; default false."
    ownRoutes: Boolean
  }

  "Where a service is reached from outside the mesh."
  type Edge {
    "Gateways as namespace/name."
    gateways: [String!]!
    "Public hosts; a wildcard is the whole first label, such as *.example.com."
    hosts: [String!]!
  }

  "Who owns the routing. Exactly one field is set."
  type Routing {
    "Spillway makes a VirtualService and a DestinationRule."
    managed: Nothing
    "The VirtualService is yours. Spillway changes where its routes go, and gives that back."
    adopt: AdoptedRouting
    "Spillway makes a VirtualService without hosts, to which yours delegate."
    delegate: DelegatedRouting
    "No mesh: two Deployments behind one Service, and pods instead of weights."
    replicas: ReplicaRouting
  }

  type AdoptedRouting {
    "The VirtualService as namespace/name."
    virtualService: String!
    "Names of the routes that may be touched. Absent: each that goes to stable."
    routes: [String!]
  }

  type DelegatedRouting {
    "The VirtualService as namespace/name."
    virtualService: String!
  }

  type ReplicaRouting {
    "Name of a version’s Deployment; {version} is the version."
    deployment: String!
    "Pods of both versions together."
    total: Int!
  }

  ${connectionSdl('Service', 'services')}

  input ServiceInput {
    "namespace/name of the mesh service."
    name: ID!
    "Fully qualified host. Default: name.namespace.svc.cluster.local."
    host: String
    "The service port that is released."
    port: Int!
    "What the port carries; default http."
    protocol: Protocol
    "The pod label that tells versions apart; default version."
    versionLabel: String
    "Host of each version’s own Kubernetes Service, such as catalog-{version}. Default: versions are subsets."
    versionHost: String
    "The version that serves now; a release that succeeds changes it."
    stable: String!
    "Names of the clusters that it runs in."
    clusters: [String!]!
    "Where it is reached from outside the mesh. Routed there as in the mesh."
    edge: EdgeInput
    "Who owns the routing; default managed."
    routing: RoutingInput
    "What happens when somebody changes the routing; default heal."
    drift: DriftPolicy
    "What becomes of a new release while one runs, where that one does not say it."
    onBusy: OnBusy
    "Which of its requests proxies write down, and when."
    accessLog: AccessLogInput
  }

  "Where a service is reached from outside the mesh."
  input EdgeInput {
    "Gateways as namespace/name."
    gateways: [String!]!
    "Public hosts; a wildcard is the whole first label, such as *.example.com."
    hosts: [String!]!
  }

  "Exactly one field."
  input RoutingInput {
    "Spillway makes a VirtualService and a DestinationRule."
    managed: Nothing
    "The VirtualService is yours. Spillway changes where its routes go, and gives that back."
    adopt: AdoptedRoutingInput
    "Spillway makes a VirtualService without hosts, to which yours delegate."
    delegate: DelegatedRoutingInput
    "No mesh: two Deployments behind one Service, and pods instead of weights."
    replicas: ReplicaRoutingInput
  }

  input AdoptedRoutingInput {
    "The VirtualService as namespace/name; without a namespace it is in the service’s."
    virtualService: String!
    "Names of the routes that may be touched. Default: each that goes to stable."
    routes: [String!]
  }

  input DelegatedRoutingInput {
    "The VirtualService as namespace/name; without a namespace it is in the service’s."
    virtualService: String!
  }

  input ReplicaRoutingInput {
    "Name of a version’s Deployment; {version} is the version."
    deployment: String!
    "Pods of both versions together."
    total: Int!
  }

  type ServicePayload {
    "As it is now."
    service: Service!
  }

  union ServiceResult = ServicePayload | Refused

  extend type Query {
    "A service by namespace/name, or null when there is none."
    service(name: ID!): Service
    "Services in the order of their names, of one namespace or in one cluster where that is wanted."
    services(
      namespace: String
      cluster: String
      first: Int = 50
      after: String
      orderBy: NameOrder = ascending
    ): ServiceConnection!
  }

  extend type Mutation {
    "Adds a service, or replaces what people say about the one of that name."
    putService(service: ServiceInput!): ServiceResult!
  }
`;

export const trafficSdl = /* GraphQL */ `
  "Comparisons under names, as a JSON object: { name: { exact, prefix, regex or present } }."
  scalar TextMatches

  enum RoutePlace {
    mesh
    edge
  }

  "Requests that go to the candidate at any weight."
  type RouteTemplate {
    "Unique in the strategy; part of the route’s name in access logs."
    name: String!
    "Any of these is enough."
    match: [RequestMatch!]!
    "Only for callers in the mesh, or only at the service’s gateways. Absent: both."
    where: RoutePlace
  }

  "Which requests are meant. Everything that is given must hold."
  type RequestMatch {
    "The path, without its query."
    uri: TextMatch
    "Compare the path without regard to case."
    ignoreUriCase: Boolean
    "The method, in upper case."
    method: TextMatch
    "The host that the client asked for."
    authority: TextMatch
    "http or https."
    scheme: TextMatch
    "By header name, in lower case. All must hold."
    headers: TextMatches
    "By header name, in lower case. None may hold; one that is absent does not."
    withoutHeaders: TextMatches
    "By parameter. All must hold."
    queryParams: TextMatches
    "By cookie name; one cookie."
    cookies: TextMatches
    "The service port that was called."
    port: Int
    "Labels that the calling pod has. In the mesh only."
    sourceLabels: Labels
    "Namespace of the calling pod. In the mesh only."
    sourceNamespace: String
  }

  "How a text is compared. Exactly one field is set."
  type TextMatch {
    "The whole text, in this case."
    exact: String
    "What the text begins with. Empty in uri only."
    prefix: String
    "RE2; must match the whole text."
    regex: String
    "Any value."
    present: Boolean
  }

  "Requests that go to the candidate at any weight."
  input RouteTemplateInput {
    "Unique in the strategy; part of the route’s name in access logs."
    name: String!
    "Any of these is enough."
    match: [RequestMatchInput!]!
    "Only for callers in the mesh, or only at the service’s gateways. Default: both."
    where: RoutePlace
  }

  "Which requests are meant. Everything that is given must hold."
  input RequestMatchInput {
    "The path, without its query."
    uri: TextMatchInput
    "Compare the path without regard to case."
    ignoreUriCase: Boolean
    "The method, in upper case."
    method: TextMatchInput
    "The host that the client asked for."
    authority: TextMatchInput
    "http or https."
    scheme: TextMatchInput
    "By header name, in lower case. All must hold."
    headers: TextMatches
    "By header name, in lower case. None may hold; one that is absent does not."
    withoutHeaders: TextMatches
    "By parameter. All must hold."
    queryParams: TextMatches
    "By cookie name; one cookie."
    cookies: TextMatches
    "The service port that was called."
    port: Int
    "Labels that the calling pod has. In the mesh only."
    sourceLabels: Labels
    "Namespace of the calling pod. In the mesh only."
    sourceNamespace: String
  }

  "How a text is compared. Exactly one field."
  input TextMatchInput {
    "The whole text, in this case."
    exact: String
    "What the text begins with. Empty in uri only."
    prefix: String
    "RE2; must match the whole text."
    regex: String
    "Any value."
    present: Boolean
  }

  "Requests that the candidate gets at any weight."
  type ExposedRoute {
    "Its name in the strategy."
    name: String!
    "Which requests, in words."
    description: String!
  }

  enum MirrorMethods {
    all
    safe
  }

  "Copies that the candidate gets; nobody sees its answers."
  type Mirror {
    "How many of the requests are copied, in percent."
    percent: Float!
    "Which of them; safe is GET and HEAD."
    methods: MirrorMethods!
  }
`;

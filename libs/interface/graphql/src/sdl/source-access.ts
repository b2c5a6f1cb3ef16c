/** What is given out; the same fields are taken, for a connection has no default and holds no secret. */
const given = `
  "What kind of backend it is, and how it is reached. Exactly one field is set."
  type SourceAccess {
    "Datadog metrics."
    datadog: DatadogAccess
    "New Relic, asked in NRQL."
    newRelic: NewRelicAccess
    "Dynatrace metrics."
    dynatrace: DynatraceAccess
    "Graphite."
    graphite: GraphiteAccess
    "InfluxDB, asked in Flux."
    influxdb: InfluxdbAccess
    "Amazon CloudWatch."
    cloudWatch: CloudWatchAccess
    "Google Cloud Monitoring."
    googleCloud: GoogleCloudAccess
    "A Prometheus that belongs to no cluster."
    prometheus: PrometheusAccess
    "Any address that answers with JSON."
    http: HttpAccess
  }

  "A credential by the name of a secret."
  type SecretRef {
    "Name of the secret."
    secret: String!
  }

  type DatadogAccess {
    "Such as datadoghq.eu."
    site: String!
    "Instead of the vendor’s address."
    url: String
    "The API key."
    apiKey: SecretRef!
    "The application key; it needs the scope timeseries_query."
    applicationKey: SecretRef!
  }

  type NewRelicAccess {
    "Where the account is."
    region: NewRelicRegion!
    "Instead of the vendor’s address."
    url: String
    "The account that is asked."
    accountId: Int!
    "A user key."
    apiKey: SecretRef!
  }

  type DynatraceAccess {
    "The environment, such as https://abc12345.live.dynatrace.com."
    url: String!
    "An API token with the scope metrics.read."
    apiToken: SecretRef!
  }

  type GraphiteAccess {
    "Base address of the render API."
    url: String!
    "HTTP basic authentication."
    basic: BasicCredentials
  }

  "HTTP basic authentication."
  type BasicCredentials {
    "User of HTTP basic authentication."
    username: String!
    "Its password."
    password: SecretRef!
  }

  type InfluxdbAccess {
    "Base address."
    url: String!
    "The organization whose buckets are read."
    organization: String!
    "An API token that may read the bucket."
    token: SecretRef!
  }

  type CloudWatchAccess {
    "Such as eu-west-1."
    region: String!
    "Instead of the vendor’s address."
    url: String
    "Id of the access key."
    accessKeyId: String!
    "The secret access key; it may need cloudwatch:GetMetricData only."
    secretAccessKey: SecretRef!
  }

  type GoogleCloudAccess {
    "Id of the project that is asked."
    project: String!
    "Instead of the vendor’s address."
    url: String
    "The JSON key of a service account that may view monitoring."
    serviceAccountKey: SecretRef!
  }

  type PrometheusAccess {
    "Base address of the Prometheus API."
    url: String!
    "Sent as bearer token."
    bearerToken: SecretRef
  }

  type HttpAccess {
    "What is got; may use {{query}} {{from}} {{to}}, the moments in seconds since 1970."
    url: String!
    "JSON pointer to the number in the answer, such as /data/0/value."
    path: String!
    "Headers by name, each a text or { secret: NAME } whose text is the whole value."
    headers: HttpHeaders
  }
`;

const taken = given
  .replaceAll(/^( *)type (\w+)/gm, '$1input $2Input')
  .replaceAll(/: (\w+Access|SecretRef|BasicCredentials)\b/g, ': $1Input');

export const sourceAccessSdl = /* GraphQL */ `
  "Header values by name, each a text or { secret: name }, as a JSON object."
  scalar HttpHeaders

  enum NewRelicRegion {
    us
    eu
  }
  ${given}
  ${taken}
`;

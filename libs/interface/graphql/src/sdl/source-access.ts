/** The same fields are given and taken: a connection has no default and holds no secret. */
const accessFields = (keyword: 'type' | 'input', suffix: '' | 'Input'): string => `
  "What kind of backend it is, and how it is reached. Exactly one field is set."
  ${keyword} SourceAccess${suffix} {
    "Datadog metrics."
    datadog: DatadogAccess${suffix}
    "New Relic, asked in NRQL."
    newRelic: NewRelicAccess${suffix}
    "Dynatrace metrics."
    dynatrace: DynatraceAccess${suffix}
    "Graphite."
    graphite: GraphiteAccess${suffix}
    "InfluxDB, asked in Flux."
    influxdb: InfluxdbAccess${suffix}
    "Amazon CloudWatch."
    cloudWatch: CloudWatchAccess${suffix}
    "Google Cloud Monitoring."
    googleCloud: GoogleCloudAccess${suffix}
    "A Prometheus that belongs to no cluster."
    prometheus: PrometheusAccess${suffix}
    "Any address that answers with JSON."
    http: HttpAccess${suffix}
  }

  "A credential by the name of a secret."
  ${keyword} SecretRef${suffix} {
    "Name of the secret."
    secret: String!
  }

  ${keyword} DatadogAccess${suffix} {
    "Such as datadoghq.eu."
    site: String!
    "Instead of the vendor’s address."
    url: String
    "The API key."
    apiKey: SecretRef${suffix}!
    "The application key; it needs the scope timeseries_query."
    applicationKey: SecretRef${suffix}!
  }

  ${keyword} NewRelicAccess${suffix} {
    "Where the account is."
    region: NewRelicRegion!
    "Instead of the vendor’s address."
    url: String
    "The account that is asked."
    accountId: Int!
    "A user key."
    apiKey: SecretRef${suffix}!
  }

  ${keyword} DynatraceAccess${suffix} {
    "The environment, such as https://abc12345.live.dynatrace.com."
    url: String!
    "An API token with the scope metrics.read."
    apiToken: SecretRef${suffix}!
  }

  ${keyword} GraphiteAccess${suffix} {
    "Base address of the render API."
    url: String!
    "HTTP basic authentication."
    basic: BasicCredentials${suffix}
  }

  "HTTP basic authentication."
  ${keyword} BasicCredentials${suffix} {
    "User of HTTP basic authentication."
    username: String!
    "Its password."
    password: SecretRef${suffix}!
  }

  ${keyword} InfluxdbAccess${suffix} {
    "Base address."
    url: String!
    "The organization whose buckets are read."
    organization: String!
    "An API token that may read the bucket."
    token: SecretRef${suffix}!
  }

  ${keyword} CloudWatchAccess${suffix} {
    "Such as eu-west-1."
    region: String!
    "Instead of the vendor’s address."
    url: String
    "Id of the access key."
    accessKeyId: String!
    "The secret access key; it may need cloudwatch:GetMetricData only."
    secretAccessKey: SecretRef${suffix}!
  }

  ${keyword} GoogleCloudAccess${suffix} {
    "Id of the project that is asked."
    project: String!
    "Instead of the vendor’s address."
    url: String
    "The JSON key of a service account that may view monitoring."
    serviceAccountKey: SecretRef${suffix}!
  }

  ${keyword} PrometheusAccess${suffix} {
    "Base address of the Prometheus API."
    url: String!
    "Sent as bearer token."
    bearerToken: SecretRef${suffix}
  }

  ${keyword} HttpAccess${suffix} {
    "What is got; may use {{query}} {{from}} {{to}}, the moments in seconds since 1970."
    url: String!
    "JSON pointer to the number in the answer, such as /data/0/value."
    path: String!
    "Headers by name, each a text or { secret: NAME } whose text is the whole value."
    headers: HttpHeaders
  }
`;

export const sourceAccessSdl = /* GraphQL */ `
  "Header values by name, each a text or { secret: name }, as a JSON object."
  scalar HttpHeaders

  enum NewRelicRegion {
    us
    eu
  }
  ${accessFields('type', '')}
  ${accessFields('input', 'Input')}
`;

import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { largestInt } from '../schema/scalars.js';
import { webAddress } from '../schema/web-address.js';
import { secretRef, word, type FieldsOf } from './connection-fields.js';
import { httpFields } from './http-connection.js';

const hostForm = /^[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?$/;
const said = z.string().min(1, { error: 'must not be empty' }).max(200);
const proxy = webAddress('; credentials are secrets')
  .exactOptional()
  .describe('Instead of the vendor’s address, where there is a proxy or a private one.');
const address = webAddress('; credentials are secrets');

const datadog = document({
  site: word(hostForm, 'a host in lower case').describe('Such as datadoghq.eu.'),
  url: proxy,
  apiKey: secretRef('The API key.'),
  applicationKey: secretRef('The application key; it needs the scope timeseries_query.'),
}).describe('Datadog metrics.') satisfies z.ZodType<FieldsOf<'datadog'>>;

const newRelic = document({
  region: z.enum(['us', 'eu']).describe('Where the account is.'),
  url: proxy,
  accountId: z.int().min(1).max(largestInt).describe('The account that is asked.'),
  apiKey: secretRef('A user key.'),
}).describe('New Relic, asked in NRQL.') satisfies z.ZodType<FieldsOf<'newRelic'>>;

const dynatrace = document({
  url: address.describe('The environment, such as https://abc12345.live.dynatrace.com.'),
  apiToken: secretRef('An API token with the scope metrics.read.'),
}).describe('Dynatrace metrics.') satisfies z.ZodType<FieldsOf<'dynatrace'>>;

const graphite = document({
  url: address.describe('Base address of the render API.'),
  basic: document({
    username: said.describe('User of HTTP basic authentication.'),
    password: secretRef('Its password.'),
  })
    .exactOptional()
    .describe('HTTP basic authentication.'),
}).describe('Graphite.') satisfies z.ZodType<FieldsOf<'graphite'>>;

const influxdb = document({
  url: address.describe('Base address.'),
  organization: said.describe('The organization whose buckets are read.'),
  token: secretRef('An API token that may read the bucket.'),
}).describe('InfluxDB, asked in Flux.') satisfies z.ZodType<FieldsOf<'influxdb'>>;

const cloudWatch = document({
  region: word(/^[a-z0-9-]+$/, 'an AWS region').describe('Such as eu-west-1.'),
  url: proxy,
  accessKeyId: word(/^\w{16,128}$/, 'an access key id').describe('Id of the access key.'),
  secretAccessKey: secretRef('The secret access key; it may need cloudwatch:GetMetricData only.'),
}).describe('Amazon CloudWatch.') satisfies z.ZodType<FieldsOf<'cloudWatch'>>;

const googleCloud = document({
  project: word(/^[a-z0-9](?:[-.:a-z0-9]*[a-z0-9])?$/, 'the id of a project').describe(
    'Id of the project that is asked.',
  ),
  url: proxy,
  serviceAccountKey: secretRef('The JSON key of a service account that may view monitoring.'),
}).describe('Google Cloud Monitoring.') satisfies z.ZodType<FieldsOf<'googleCloud'>>;

const prometheus = document({
  url: address.describe('Base address of the Prometheus API.'),
  bearerToken: secretRef('Sent as bearer token.').exactOptional(),
}).describe('A Prometheus that belongs to no cluster.') satisfies z.ZodType<FieldsOf<'prometheus'>>;

/** Under each kind its fields; their names are those of `SourceConnection`. */
export const connectionDocument = oneOf(
  [
    'datadog',
    'newRelic',
    'dynatrace',
    'graphite',
    'influxdb',
    'cloudWatch',
    'googleCloud',
    'prometheus',
    'http',
  ],
  [
    document({ datadog }),
    document({ newRelic }),
    document({ dynatrace }),
    document({ graphite }),
    document({ influxdb }),
    document({ cloudWatch }),
    document({ googleCloud }),
    document({ prometheus }),
    document({ http: httpFields }),
  ],
);

export type ParsedConnection = z.output<typeof connectionDocument>;

import { secretName, type SecretName } from '@spillway/kernel';
import type { SecretRef, SourceConnection } from './source-connection.js';

/** A secret that a connection refers to, and the field of the document that says so. */
export interface SecretUse {
  readonly secret: SecretName;
  readonly field: string;
}

/** Every reference in a connection, in the order of its fields. */
export const secretRefs = (connection: SourceConnection): readonly SecretUse[] =>
  refsByField(connection).flatMap(([field, ref]) =>
    ref === undefined
      ? []
      : [
          {
            secret: secretName(ref.secret),
            field: `connection.${connection.kind}.${field}.secret`,
          },
        ],
  );

type RefOfField = readonly [field: string, ref: SecretRef | undefined];

type RefsOf<Connection> = (connection: Connection) => readonly RefOfField[];

/** Kind by kind: what merely looks like a reference, such as a header "secret", is none. */
const refsOfKind: {
  readonly [Kind in SourceConnection['kind']]: RefsOf<Extract<SourceConnection, { kind: Kind }>>;
} = {
  datadog: ({ apiKey, applicationKey }) => [
    ['apiKey', apiKey],
    ['applicationKey', applicationKey],
  ],
  newRelic: ({ apiKey }) => [['apiKey', apiKey]],
  dynatrace: ({ apiToken }) => [['apiToken', apiToken]],
  graphite: ({ basic }) => [['basic.password', basic?.password]],
  influxdb: ({ token }) => [['token', token]],
  cloudWatch: ({ secretAccessKey }) => [['secretAccessKey', secretAccessKey]],
  googleCloud: ({ serviceAccountKey }) => [['serviceAccountKey', serviceAccountKey]],
  prometheus: ({ bearerToken }) => [['bearerToken', bearerToken]],
  http: ({ headers = {} }) => headerRefs(headers),
};

const refsByField = (connection: SourceConnection): readonly RefOfField[] =>
  (refsOfKind[connection.kind] as RefsOf<SourceConnection>)(connection);

const headerRefs = (headers: Readonly<Record<string, SecretRef | string>>): readonly RefOfField[] =>
  Object.entries(headers).flatMap(([name, value]): readonly RefOfField[] =>
    typeof value === 'string' ? [] : [[`headers.${name}`, value]],
  );

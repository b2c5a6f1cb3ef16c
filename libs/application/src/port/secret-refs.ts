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

/** Kind by kind: what merely looks like a reference, such as a header "secret", is none. */
function refsByField(connection: SourceConnection): readonly RefOfField[] {
  switch (connection.kind) {
    case 'datadog':
      return [
        ['apiKey', connection.apiKey],
        ['applicationKey', connection.applicationKey],
      ];
    case 'newRelic':
      return [['apiKey', connection.apiKey]];
    case 'dynatrace':
      return [['apiToken', connection.apiToken]];
    case 'graphite':
      return [['basic.password', connection.basic?.password]];
    case 'influxdb':
      return [['token', connection.token]];
    case 'cloudWatch':
      return [['secretAccessKey', connection.secretAccessKey]];
    case 'googleCloud':
      return [['serviceAccountKey', connection.serviceAccountKey]];
    case 'prometheus':
      return [['bearerToken', connection.bearerToken]];
    case 'http':
      return headerRefs(connection.headers ?? {});
  }
}

const headerRefs = (headers: Readonly<Record<string, SecretRef | string>>): readonly RefOfField[] =>
  Object.entries(headers).flatMap(([name, value]): readonly RefOfField[] =>
    typeof value === 'string' ? [] : [[`headers.${name}`, value]],
  );

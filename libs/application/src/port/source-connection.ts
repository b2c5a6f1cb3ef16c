/** A credential by the name of an encrypted secret; never its text. */
export interface SecretRef {
  readonly secret: string;
}

/**
 * How a metrics backend beside the clusters' own is reached. `url` replaces the vendor's address
 * where there is a proxy or a private one.
 */
export type SourceConnection = { /** How long a query may take. */ readonly timeoutMs: number } & (
  | {
      readonly kind: 'datadog';
      /** Such as `datadoghq.eu`. */
      readonly site: string;
      readonly url?: string;
      readonly apiKey: SecretRef;
      readonly applicationKey: SecretRef;
    }
  | {
      readonly kind: 'newRelic';
      readonly region: 'us' | 'eu';
      readonly url?: string;
      readonly accountId: number;
      readonly apiKey: SecretRef;
    }
  | { readonly kind: 'dynatrace'; readonly url: string; readonly apiToken: SecretRef }
  | {
      readonly kind: 'graphite';
      readonly url: string;
      readonly basic?: { readonly username: string; readonly password: SecretRef };
    }
  | {
      readonly kind: 'influxdb';
      readonly url: string;
      readonly organization: string;
      readonly token: SecretRef;
    }
  | {
      readonly kind: 'cloudWatch';
      readonly region: string;
      readonly url?: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: SecretRef;
    }
  | {
      readonly kind: 'googleCloud';
      readonly project: string;
      readonly url?: string;
      /** The JSON key of a service account. */
      readonly serviceAccountKey: SecretRef;
    }
  | {
      readonly kind: 'prometheus';
      readonly url: string;
      readonly bearerToken?: SecretRef;
    }
  /** GET of `url`; the answer is JSON, and `path` (a JSON pointer, RFC 6901) leads to the number. */
  | {
      readonly kind: 'http';
      /** May use `{{query}} {{from}} {{to}}` (URL-encoded; moments in seconds since 1970). */
      readonly url: string;
      readonly path: string;
      readonly headers?: Readonly<Record<string, SecretRef | string>>;
    }
);

/** Opens a secret by name; `undefined` when there is none. */
export type OpenSecret = (name: string) => Promise<string | undefined>;

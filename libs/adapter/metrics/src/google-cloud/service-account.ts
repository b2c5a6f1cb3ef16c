import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { Instant } from '@spillway/kernel';
import { z } from 'zod';
import { failure, type OpenedSecret, type SourceError } from '../backend-call/index.js';

const keyFile = z.object({
  type: z.literal('service_account'),
  client_email: z.string(),
  private_key_id: z.string(),
  private_key: z.string(),
  token_uri: z.url({ protocol: /^https?$/ }).refine((url) => new URL(url).username === ''),
});

/** Who asks, and the key that proves it. */
export interface ServiceAccount {
  readonly kind: 'account';
  readonly email: string;
  readonly keyId: string;
  readonly key: KeyObject;
  /** Where a signed statement is exchanged for a token. */
  readonly tokenUrl: string;
}

/** Reads the JSON key of a service account. What is wrong with it is said without any of its text. */
export function readServiceAccount({ name, text }: OpenedSecret): ServiceAccount | SourceError {
  const parsed = keyFile.safeParse(parseJson(text));
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    return failure(
      `the secret "${name}" is not the JSON key of a service account${where && `: ${where}`}. ` +
        'Store the whole file that Google Cloud offers for download.',
    );
  }
  const { client_email: email, private_key_id: keyId, token_uri: tokenUrl } = parsed.data;
  const key = readKey(parsed.data.private_key);
  return key === undefined
    ? failure(`the secret "${name}" has a private_key that is none; store the file as it is`)
    : { kind: 'account', email, keyId, key, tokenUrl };
}

const lifeSeconds = 3_600;

/**
 * The signed statement that is exchanged for a token: RFC 7523, with RS256.
 *
 * @see https://developers.google.com/identity/protocols/oauth2/service-account
 */
export function assertionOf(
  { email, keyId, key, tokenUrl }: ServiceAccount,
  scope: string,
  now: Instant,
): string {
  const issuedAt = Math.floor(now / 1_000);
  const head = { alg: 'RS256', typ: 'JWT', kid: keyId };
  const claims = {
    iss: email,
    scope,
    aud: tokenUrl,
    iat: issuedAt,
    exp: issuedAt + lifeSeconds,
  };
  const statement = [head, claims].map((part) => encode(JSON.stringify(part))).join('.');
  return `${statement}.${encode(sign('sha256', Buffer.from(statement), key))}`;
}

const encode = (part: string | Buffer): string => Buffer.from(part).toString('base64url');

function readKey(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { createHmac } from 'node:crypto';
import type { OutgoingSigning } from '@spillway/application';

/**
 * The headers of Standard Webhooks (https://www.standardwebhooks.com), version 1: HMAC-SHA256 over
 * `id.timestamp.body`, once for each secret.
 */
export function signatureHeaders(
  { id, at, secrets }: OutgoingSigning,
  body: string,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000));
  const signed = secrets.map((secret) => {
    const hmac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`);
    return `v1,${hmac.digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signed.join(' '),
  };
}

/** `whsec_` is followed by the key in base64; any other text is the key itself. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret, 'utf8');

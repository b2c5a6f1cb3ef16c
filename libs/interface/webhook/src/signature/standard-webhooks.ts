import { hmac, isRecent, type Check } from './authentic.js';
import { anySame } from './same-text.js';

/**
 * https://www.standardwebhooks.com: `v1,<base64>` over `id.timestamp.body`, several
 * in one header while the sender changes its key.
 */
export const standardWebhooks: Check = (secrets, { headers, body }, now) => {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp } = headers;
  const sent = (headers['webhook-signature'] ?? '').split(' ').slice(0, 10);
  const wanted = secrets.map(
    (secret) => `v1,${hmac(keyOf(secret), 'base64', `${id ?? ''}.${timestamp ?? ''}.`, body)}`,
  );
  const isSigned = anySame(sent, wanted);
  return isSigned && id !== undefined && id !== '' && isRecent(timestamp, now)
    ? { fingerprint: `id:${id}` }
    : undefined;
};

/** `whsec_` is followed by the key in base64; any other text is the key itself. */
const keyOf = (secret: string): string | Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;

import { fingerprintOf, hmac, type Check } from './authentic.js';
import { anySame } from './same-text.js';

/**
 * GitHub’s `X-Hub-Signature-256: sha256=<hex>` over the body. The older header
 * with SHA-1 is not looked at. No moment is signed: who gets hold of a delivery
 * could send it for ever, so its body is remembered.
 */
export const hubSignature: Check = (secrets, { headers, body }) => {
  const wanted = secrets.map((secret) => `sha256=${hmac(secret, 'hex', body)}`);
  const sent = headers['x-hub-signature-256'] ?? '';
  return anySame([sent], wanted) ? { fingerprint: `body:${fingerprintOf(body)}` } : undefined;
};

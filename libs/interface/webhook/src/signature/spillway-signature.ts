import { fingerprintOf, hmac, isRecent, type Check } from './authentic.js';
import { anySame } from './same-text.js';

/**
 * `X-Spillway-Signature: t=<seconds>,v1=<hex>` over `t.body`: what a shell makes
 * with openssl in one line. Several `v1` may be sent.
 */
export const spillwaySignature: Check = (secrets, { headers, body }, now) => {
  const parts = (headers['x-spillway-signature'] ?? '')
    .split(',')
    .slice(0, 10)
    .map((part) => part.trim().split('='));
  const of = (name: string) => parts.filter(([key]) => key === name).map(([, text = '']) => text);
  const [timestamp = ''] = of('t');
  const wanted = secrets.map((secret) => hmac(secret, 'hex', `${timestamp}.`, body));
  return anySame(of('v1'), wanted) && isRecent(timestamp, now)
    ? { fingerprint: `body:${fingerprintOf(`${timestamp}.`, body)}` }
    : undefined;
};

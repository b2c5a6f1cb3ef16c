import { createHmac } from 'node:crypto';
import type { RawDelivery } from '@spillway/application';
import { instant, type Instant } from '@spillway/kernel';

export const secret = 'it-is-a-secret-to-everybody';
export const now: Instant = instant(Date.UTC(2026, 0, 5, 10));
const seconds = (at: Instant): string => String(Math.floor(at / 1_000));

/** A delivery as senders make one: the same bytes are signed and sent. */
export interface Sent {
  readonly body: string;
  readonly key?: string | Uint8Array;
  readonly at?: Instant;
  readonly id?: string;
  /** Instead of `at`, as the sender writes it. */
  readonly timestamp?: string;
}

const mac = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text);

export const delivery = (
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): RawDelivery => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? Buffer.from(body) : body,
});

export const hubSigned = ({ body, key = secret }: Sent): Record<string, string> => ({
  'x-hub-signature-256': `sha256=${mac(key, body).digest('hex')}`,
});

export function standardSigned({ body, key = secret, at = now, id = 'msg_1', timestamp }: Sent) {
  const moment = timestamp ?? seconds(at);
  const signature = mac(key, `${id}.${moment}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': moment,
    'webhook-signature': `v1,${signature}`,
  };
}

export function spillwaySigned({ body, key = secret, at = now, timestamp }: Sent) {
  const moment = timestamp ?? seconds(at);
  const signature = mac(key, `${moment}.${body}`).digest('hex');
  return { 'x-spillway-signature': `t=${moment},v1=${signature}` };
}

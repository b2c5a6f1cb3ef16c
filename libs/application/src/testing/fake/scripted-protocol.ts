import { ok, refusal, refuse } from '@spillway/kernel';
import type { RawDelivery, ReadDelivery, WebhookProtocol } from '../../port/webhook-protocol.js';

const textOf = ({ body }: RawDelivery): string => Buffer.from(body).toString('utf8');

/** Signs with the secret itself, and writes what is to be understood: no provider does either. */
export const scriptedProtocol: WebhookProtocol = {
  authenticate: (_format, secrets, delivery) =>
    secrets.includes(delivery.headers['secret'] ?? '')
      ? { fingerprint: textOf(delivery) }
      : undefined,
  read: (_format, delivery) => {
    const text = textOf(delivery);
    return text === 'nonsense'
      ? refuse(refusal('INVALID_INPUT', 'It is nonsense.', 'Make sense.'))
      : ok(JSON.parse(text) as ReadDelivery);
  },
};

/** A delivery that `scriptedProtocol` understands. */
export const scriptedDelivery = (read: ReadDelivery, secret: string): RawDelivery => ({
  headers: { secret },
  body: Buffer.from(JSON.stringify(read)),
});

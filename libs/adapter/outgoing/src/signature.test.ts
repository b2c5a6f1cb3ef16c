import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { signatureHeaders } from './signature.js';

/** The example that the libraries of Standard Webhooks share. */
const example = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: instant(1_614_265_330_000),
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

describe('the headers of Standard Webhooks', () => {
  it('are those of the published example', () => {
    const { id, at, secret, body, signature } = example;
    expect(signatureHeaders({ id, at, secrets: [secret] }, body)).toEqual({
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': signature,
    });
  });

  it('hold a signature for each secret while one replaces another', () => {
    const { id, at, secret, body, signature } = example;
    const headers = signatureHeaders({ id, at, secrets: ['the new one', secret] }, body);
    const [first, second, ...more] = headers['webhook-signature']?.split(' ') ?? [];
    expect(first).toMatch(/^v1,.{44}$/);
    expect(first).not.toBe(signature);
    expect(second).toBe(signature);
    expect(more).toEqual([]);
  });

  it.each([{ id: 'other' }, { at: instant(0) }])('change with %j', (change) => {
    const { id, at, secret, body, signature } = example;
    const headers = signatureHeaders({ id, at, secrets: [secret], ...change }, body);
    expect(headers['webhook-signature']).not.toBe(signature);
  });
});

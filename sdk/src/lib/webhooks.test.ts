import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signWebhook, verifyWebhook, WebhookRefused, type WebhookFault } from './webhooks.js';

/** From the specification: github.com/standard-webhooks/standard-webhooks. */
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const body = '{"test": 2432232314}';
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const now = new Date(1_614_265_330_000);
const headers = {
  'webhook-id': id,
  'webhook-timestamp': '1614265330',
  'webhook-signature': signature,
};

const faultOf = async (attempt: Promise<unknown>): Promise<WebhookFault | undefined> => {
  const thrown = await attempt.catch((error: unknown) => error);
  return thrown instanceof WebhookRefused ? thrown.reason : undefined;
};

describe('verifyWebhook', () => {
  it('accepts the vector of the specification', async () => {
    expect(await verifyWebhook({ headers, body }, { secrets: secret, now })).toEqual({
      id,
      sentAt: now,
      payload: { test: 2_432_232_314 },
    });
  });

  it('takes headers as fetch and as Node have them, and bytes as they came', async () => {
    const bytes = new TextEncoder().encode(body);
    const options = { secrets: secret, now };
    const asFetch = { headers: new Headers(headers), body: bytes };
    expect((await verifyWebhook(asFetch, options)).id).toBe(id);
    const shouted = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    expect((await verifyWebhook({ headers: shouted, body }, options)).id).toBe(id);
  });

  it('accepts a signature among several, by a secret among several', async () => {
    const other = `whsec_${btoa('another secret of 24 byt')}`;
    const several = {
      ...headers,
      'webhook-signature': `v1a,ed25519 v1,not-base64! v1,${btoa('short')} ${signature}`,
    };
    const options = { secrets: [other, secret], now };
    expect((await verifyWebhook({ headers: several, body }, options)).id).toBe(id);
    const wrong = verifyWebhook({ headers: several, body }, { secrets: [other], now });
    expect(await faultOf(wrong)).toBe('wrongSignature');
  });

  it.each([
    ['another body', { body: '{"test": 1}' }, 'wrongSignature'],
    ['another id', { headers: { ...headers, 'webhook-id': 'msg_2' } }, 'wrongSignature'],
    [
      'another time',
      { headers: { ...headers, 'webhook-timestamp': '1614265331' } },
      'wrongSignature',
    ],
    ['no signature', { headers: { ...headers, 'webhook-signature': '' } }, 'missingHeader'],
    ['a header twice', { headers: { ...headers, 'webhook-id': [id, id] } }, 'missingHeader'],
    [
      'a time that is none',
      { headers: { ...headers, 'webhook-timestamp': '1e9' } },
      'badTimestamp',
    ],
  ] as const)('refuses %s', async (_, change, reason) => {
    const received = { headers, body, ...change };
    expect(await faultOf(verifyWebhook(received, { secrets: secret, now }))).toBe(reason);
  });

  it('refuses what is too old or too far ahead, by five minutes or as it is told', async () => {
    const at = (seconds: number, toleranceSeconds?: number) =>
      faultOf(
        verifyWebhook(
          { headers, body },
          { secrets: secret, now: new Date(now.getTime() + seconds * 1_000), toleranceSeconds },
        ),
      );
    expect([await at(300), await at(301)]).toEqual([undefined, 'tooOld']);
    expect([await at(-300), await at(-301)]).toEqual([undefined, 'tooNew']);
    expect(await at(11, 10)).toBe('tooOld');
  });

  it('refuses a signed body that is no JSON, and a secret that is none', async () => {
    const signed = await signWebhook({ id, body: 'text', sentAt: now }, secret);
    const attempt = verifyWebhook({ headers: signed, body: 'text' }, { secrets: secret, now });
    expect(await faultOf(attempt)).toBe('badPayload');
    await expect(verifyWebhook({ headers, body }, { secrets: 'whsec_ä' })).rejects.toThrow(
      WebhookRefused,
    );
    await expect(verifyWebhook({ headers, body }, { secrets: 'ä', now })).rejects.toThrow('base64');
  });
});

describe('signWebhook', () => {
  it('signs as Node’s own HMAC does', async () => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const mac = createHmac('sha256', key).update(`${id}.1614265330.${body}`).digest('base64');
    expect(await signWebhook({ id, body, sentAt: now }, secret)).toEqual({
      ...headers,
      'webhook-signature': `v1,${mac}`,
    });
  });
});

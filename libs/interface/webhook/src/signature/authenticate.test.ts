import { describe, expect, it } from '@jest/globals';
import type { WebhookProvider } from '@spillway/application';
import { after } from '@spillway/kernel';
import {
  delivery,
  hubSigned,
  now,
  secret,
  spillwaySigned,
  standardSigned,
} from '../testing/signed.js';
import { authenticate } from './authenticate.js';

const body = '{"event":"deployed","image":"acme/catalog:v2"}';
const token = { 'x-gitlab-token': secret };
const bearer = { authorization: `Bearer ${secret}` };

/** Every way to sign, and to whom it is known. */
const ways = [
  ['github', hubSigned({ body })],
  ['gitlab', token],
  ['gitlab', standardSigned({ body })],
  ['generic', standardSigned({ body })],
  ['generic', spillwaySigned({ body })],
  ['cloudEvents', standardSigned({ body })],
  ['cloudEvents', spillwaySigned({ body })],
  ['cloudEvents', bearer],
] as const satisfies readonly (readonly [WebhookProvider, Record<string, string>])[];

type Headers = Readonly<Record<string, string>>;

const isTaken = (
  provider: WebhookProvider,
  headers: Headers,
  sent: string | Uint8Array = body,
  secrets: readonly string[] = [secret],
): boolean => authenticate({ provider }, secrets, delivery(sent, headers), now) !== undefined;

/** The header that the proof is in, and the proof. */
const proofOf = (headers: Headers): readonly [string, string] => {
  const [proof] = Object.entries(headers).filter(([name]) => !/-id$|-timestamp$/.test(name));
  if (proof === undefined) throw new Error('nothing is signed');
  return proof;
};

describe.each(ways)('a delivery for %s with %j', (provider, headers) => {
  const [name, proof] = proofOf(headers);
  const withProof = (text: string): Headers => ({ ...headers, [name]: text });

  it('is taken with the secret, as the first or the second of two', () => {
    expect(isTaken(provider, headers)).toBe(true);
    expect(isTaken(provider, headers, body, [secret, 'other'])).toBe(true);
    expect(isTaken(provider, headers, body, ['other', secret])).toBe(true);
  });

  it('is not taken with another secret, an empty one or none', () => {
    expect(isTaken(provider, headers, body, ['another-secret'])).toBe(false);
    expect(isTaken(provider, headers, body, [''])).toBe(false);
    expect(isTaken(provider, headers, body, [])).toBe(false);
  });

  it('is not taken without its proof, or with half of it', () => {
    const { [name]: _, ...without } = headers as Record<string, string>;
    expect(isTaken(provider, without)).toBe(false);
    expect(isTaken(provider, withProof(''))).toBe(false);
    expect(isTaken(provider, withProof(proof.slice(0, -1)))).toBe(false);
    expect(isTaken(provider, withProof(proof.slice(0, proof.length / 2)))).toBe(false);
    expect(isTaken(provider, withProof(`${proof}0`))).toBe(false);
  });

  it('is not taken with a proof of one character changed', () => {
    const last = proof.at(-2) === 'a' ? 'b' : 'a';
    expect(isTaken(provider, withProof(proof.slice(0, -2) + last + proof.slice(-1)))).toBe(false);
  });
});

describe.each(ways.filter((way) => way[1] !== token && way[1] !== bearer))(
  'what is signed for %s with %j',
  (provider, headers) => {
    it('is the bytes: one more, one less, one other or another writing of the same is refused', () => {
      const changed = Buffer.from(body);
      changed[5] = (changed[5] ?? 0) ^ 1;
      expect(isTaken(provider, headers, changed)).toBe(false);
      expect(isTaken(provider, headers, `${body}\n`)).toBe(false);
      expect(isTaken(provider, headers, body.slice(1))).toBe(false);
      expect(isTaken(provider, headers, JSON.stringify(JSON.parse(body), null, 1))).toBe(false);
      expect(isTaken(provider, headers, '')).toBe(false);
    });
  },
);

describe('a signature', () => {
  it('is of the bytes whatever they are: no charset is read into them', () => {
    const latin1 = Buffer.from('{"branch":"größe"}', 'latin1');
    const { 'x-hub-signature-256': ofText } = hubSigned({ body: latin1.toString('utf8') });
    expect(isTaken('github', { 'x-hub-signature-256': ofText ?? '' }, latin1)).toBe(false);
  });

  it('by another algorithm is none, nor is the older header of GitHub', () => {
    const [, hex = ''] = hubSigned({ body })['x-hub-signature-256']?.split('=') ?? [];
    for (const prefix of ['sha1=', 'md5=', 'SHA256=', '']) {
      expect(isTaken('github', { 'x-hub-signature-256': prefix + hex })).toBe(false);
    }
    expect(isTaken('github', { 'x-hub-signature': `sha1=${hex.slice(0, 40)}` })).toBe(false);
    const standard = standardSigned({ body });
    const asymmetric = standard['webhook-signature'].replace('v1,', 'v1a,');
    expect(isTaken('generic', { ...standard, 'webhook-signature': asymmetric })).toBe(false);
    const spillway = spillwaySigned({ body })['x-spillway-signature'] ?? '';
    expect(isTaken('generic', { 'x-spillway-signature': spillway.replace('v1=', 'v0=') })).toBe(
      false,
    );
  });

  it('of another way is not taken instead', () => {
    expect(isTaken('github', standardSigned({ body }))).toBe(false);
    expect(isTaken('github', token)).toBe(false);
    expect(isTaken('github', bearer)).toBe(false);
    expect(isTaken('generic', bearer)).toBe(false);
    expect(isTaken('generic', hubSigned({ body }))).toBe(false);
    expect(isTaken('gitlab', bearer)).toBe(false);
  });

  it('that is wrong is not made good by a right token beside it', () => {
    const wrong = { ...standardSigned({ body, key: 'another' }), ...token, ...bearer };
    expect(isTaken('gitlab', wrong)).toBe(false);
    expect(isTaken('cloudEvents', wrong)).toBe(false);
    const spillway = { ...spillwaySigned({ body, key: 'another' }), ...bearer };
    expect(isTaken('cloudEvents', spillway)).toBe(false);
  });

  it('is not asked for where GitLab sends the id and the moment, and a token', () => {
    const { 'webhook-signature': _, ...unsigned } = standardSigned({ body });
    expect(isTaken('gitlab', { ...unsigned, ...token })).toBe(true);
  });

  it('may be one of several, for a sender that changes its key', () => {
    const old = standardSigned({ body, key: 'old' })['webhook-signature'];
    const both = standardSigned({ body });
    const several = `${old} ${both['webhook-signature']}`;
    expect(isTaken('generic', { ...both, 'webhook-signature': several })).toBe(true);
    const spillway = spillwaySigned({ body })['x-spillway-signature'] ?? '';
    const two = spillway.replace('v1=', `v1=${'0'.repeat(64)},v1=`);
    expect(isTaken('generic', { 'x-spillway-signature': two })).toBe(true);
  });

  it('may be made with a key in base64', () => {
    const key = Buffer.from('0123456789abcdef0123456789abcdef');
    const secrets = [`whsec_${key.toString('base64')}`];
    expect(isTaken('generic', standardSigned({ body, key }), body, secrets)).toBe(true);
    expect(isTaken('gitlab', standardSigned({ body, key }), body, secrets)).toBe(true);
  });
});

describe.each([
  ['Standard Webhooks', standardSigned],
  ['Spillway’s header', spillwaySigned],
])('the moment of %s', (_, signed) => {
  const at = (ms: number): boolean => isTaken('generic', signed({ body, at: after(now, ms) }));

  it('may be five minutes off, before or after', () => {
    expect([at(-300_000), at(300_000), at(-301_000), at(301_000)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('must be what was signed, in plain digits', () => {
    const headers = signed({ body }) as Record<string, string>;
    const later = signed({ body, at: after(now, 60_000) }) as Record<string, string>;
    const moved: Record<string, string> = {
      ...headers,
      'webhook-timestamp': later['webhook-timestamp'] ?? '',
    };
    const [time = ''] = (later['x-spillway-signature'] ?? '').split(',');
    moved['x-spillway-signature'] =
      `${time},${(headers['x-spillway-signature'] ?? '').split(',')[1] ?? ''}`;
    expect(isTaken('generic', moved)).toBe(false);
  });
});

describe('the moment', () => {
  it.each(['1e9', '-1', '', ' 1', '1767607200.0', 'NaN', '0x1'])('is not %j', (timestamp) => {
    expect(isTaken('generic', standardSigned({ body, timestamp }))).toBe(false);
    expect(isTaken('generic', spillwaySigned({ body, timestamp }))).toBe(false);
  });
});

describe('what is signed', () => {
  const fingerprint = (provider: WebhookProvider, headers: Headers, sent = body) =>
    authenticate({ provider }, [secret], delivery(sent, headers), now)?.fingerprint;

  it('is known again under any other header', () => {
    const headers = hubSigned({ body });
    expect(fingerprint('github', { ...headers, 'x-github-delivery': 'other' })).toBe(
      fingerprint('github', headers),
    );
    expect(fingerprint('generic', standardSigned({ body, at: after(now, 1_000) }))).toBe(
      fingerprint('generic', standardSigned({ body })),
    );
  });

  it('is another for another body, and for another id', () => {
    const other = '{}';
    expect(fingerprint('github', hubSigned({ body: other }), other)).not.toBe(
      fingerprint('github', hubSigned({ body })),
    );
    expect(fingerprint('generic', standardSigned({ body, id: 'msg_2' }))).not.toBe(
      fingerprint('generic', standardSigned({ body })),
    );
    expect(fingerprint('generic', spillwaySigned({ body, at: after(now, 1_000) }))).not.toBe(
      fingerprint('generic', spillwaySigned({ body })),
    );
  });

  it('is nothing of the delivery where a token is sent', () => {
    expect(authenticate({ provider: 'gitlab' }, [secret], delivery(body, token), now)).toEqual({});
    expect(fingerprint('cloudEvents', bearer)).toBeUndefined();
  });
});

import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { assertionOf, readServiceAccount } from './service-account.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const file = {
  type: 'service_account',
  project_id: 'shop',
  private_key_id: 'key-7',
  private_key: pem,
  client_email: 'spillway@shop.iam.gserviceaccount.com',
  token_uri: 'https://oauth2.googleapis.com/token',
};

const read = (content: unknown) =>
  readServiceAccount({
    name: 'google-key',
    text: typeof content === 'string' ? content : JSON.stringify(content),
  });

describe('the key of a service account', () => {
  it('makes a statement that Google can verify', () => {
    const account = read(file);
    if (account.kind === 'error') throw new Error(account.message);
    const [head = '', claims = '', signature = ''] = assertionOf(
      account,
      'a scope',
      instant(1_700_000_105_999),
    ).split('.');
    const parsed = [head, claims].map((part): unknown =>
      JSON.parse(Buffer.from(part, 'base64url').toString()),
    );
    expect(parsed).toEqual([
      { alg: 'RS256', typ: 'JWT', kid: 'key-7' },
      {
        iss: 'spillway@shop.iam.gserviceaccount.com',
        scope: 'a scope',
        aud: 'https://oauth2.googleapis.com/token',
        iat: 1_700_000_105,
        exp: 1_700_003_705,
      },
    ]);
    const bytes = Buffer.from(`${head}.${claims}`);
    expect(verify('sha256', bytes, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  const { privateKey: elliptic } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  it.each([
    ['no JSON', 'AIzaSyA-some-api-key', 'is not the JSON key of a service account'],
    ['a key of a person', { ...file, type: 'authorized_user' }, 'service account: type'],
    ['no e-mail', { ...file, client_email: undefined }, 'service account: client_email'],
    ['an address that is none', { ...file, token_uri: 'file:///etc/passwd' }, ': token_uri'],
    [
      'a broken private key',
      { ...file, private_key: pem.slice(0, 200) },
      'private_key that is none',
    ],
    [
      'a private key of another kind',
      { ...file, private_key: elliptic.export({ type: 'pkcs8', format: 'pem' }) },
      'private_key that is none',
    ],
  ])('is refused by its name when it is %s, without any of its text', (_, content, message) => {
    const account = read(content);
    expect(account).toEqual({ kind: 'error', message: expect.stringContaining(message) });
    expect(account).toMatchObject({ message: expect.stringContaining('"google-key"') });
    expect(JSON.stringify(account)).not.toMatch(/AIza|MII|passwd/);
  });
});

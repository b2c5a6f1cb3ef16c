import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IdentityProviders } from '@spillway/application';
import { VirtualClock } from '@spillway/application/testing';
import { after, instant } from '@spillway/kernel';
import { base64url, exportSPKI, importJWK, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { createJwtProviders } from './jwt-providers.js';
import { LocalIssuer } from './testing/local-issuer.js';

let issuer: LocalIssuer;
let providers: IdentityProviders;
let clock: VirtualClock;
let warned: string[];

beforeEach(async () => {
  issuer = await LocalIssuer.start();
  clock = new VirtualClock(instant(1_767_607_200_000));
  warned = [];
  providers = createJwtProviders({
    providers: [
      { name: 'other', issuer: 'https://other.example', audience: 'spillway', actorClaim: 'sub' },
      { name: 'company', issuer: issuer.url, audience: 'spillway', actorClaim: 'email' },
    ],
    clock,
    logger: { warn: (fields) => void warned.push(String(fields['reason'])) },
  });
});
afterEach(() => issuer.close());

const sign = (claims: JWTPayload = {}) => issuer.sign(clock.now(), claims);

it('vouches for whom the provider has signed, with all that it says of them', async () => {
  const token = await sign({ groups: ['sre'] });
  expect(await providers.verify(token)).toMatchObject({
    provider: 'company',
    actor: 'ada@example.com',
    claims: { sub: 'user-1', groups: ['sre'] },
  });
  expect(warned).toEqual([]);
});

it('says nothing of an address that nobody has verified, so that no member is found by it', async () => {
  const settings = { issuer: issuer.url, audience: 'spillway', actorClaim: 'sub' };
  const bySubject = createJwtProviders({
    providers: [{ name: 'company', ...settings }],
    clock,
    logger: { warn: (fields) => void warned.push(String(fields['reason'])) },
  });
  const claimsOf = async (verified: boolean) =>
    (await bySubject.verify(await sign({ email_verified: verified })))?.claims['email'];
  expect([await claimsOf(true), await claimsOf(false)]).toEqual(['ada@example.com', undefined]);
});

it('takes tokens that are made out for several', async () => {
  expect(await providers.verify(await sign({ aud: ['x', 'spillway'] }))).toBeDefined();
});

describe('nobody is vouched for by a token', () => {
  it.each<[string, object]>([
    ['for another audience', { aud: 'elsewhere' }],
    ['for nobody', { aud: undefined }],
    ['that is over', { exp: 1_767_607_200 - 31 }],
    ['without an end', { exp: undefined }],
    ['that is not good yet', { nbf: 1_767_607_200 + 31 }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['of an issuer that is known under another name', { iss: 'https://other.example/' }],
    ['without the claim that people are called by', { email: undefined }],
    ['whose name is no name any more', { email: 'a'.repeat(321) }],
    ['whose name is no text', { email: { a: 1 } }],
    ['whose name is an address that nobody has verified', { email_verified: false }],
    ['whose name is not verified, as some providers write it', { email_verified: 'false' }],
  ])('%s', async (_, claims) => {
    expect(await providers.verify(await sign(claims as JWTPayload))).toBeUndefined();
  });

  it('signed by a key that was never published', async () => {
    const stranger = await LocalIssuer.start();
    const token = await stranger.sign(clock.now(), { iss: issuer.url });
    await stranger.close();
    expect(await providers.verify(token)).toBeUndefined();
    expect(warned).toHaveLength(1);
  });

  it('signed with the public key as if it were a shared secret', async () => {
    const [key] = issuer.published;
    const publicKey = await importJWK(key?.publicJwk ?? {}, 'RS256');
    const secret = new TextEncoder().encode(await exportSPKI(publicKey as CryptoKey));
    const forged = await new SignJWT({ iss: issuer.url, aud: 'spillway', sub: 'x', email: 'x' })
      .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
      .setExpirationTime('1h')
      .sign(secret);
    expect(await providers.verify(forged)).toBeUndefined();
  });

  it('signed by nobody', async () => {
    const [, payload = ''] = (await sign()).split('.');
    const header = base64url.encode(JSON.stringify({ alg: 'none', kid: 'key-1' }));
    expect(await providers.verify(`${header}.${payload}.`)).toBeUndefined();
    expect(await providers.verify(`${header}.${payload}.x`)).toBeUndefined();
  });

  it('changed by a letter', async () => {
    const [header, , signature] = (await sign()).split('.');
    const [, payload] = (await sign({ email: 'eve@example.com' })).split('.');
    expect(await providers.verify(`${header}.${payload}.${signature}`)).toBeUndefined();
  });

  it.each(['', 'x', 'a.b', 'a.b.c', 'a.b.c.d', 'ä.ö.ü', `${'a'.repeat(9_999)}.b.c`])(
    'that is none: %.20s',
    async (text) => {
      expect(await providers.verify(text)).toBeUndefined();
      expect(issuer.asked).toBe(0);
    },
  );
});

it('learns of a new key by itself, and asks once for many tokens', async () => {
  const token = await sign();
  await providers.verify(token);
  await providers.verify(token);
  expect(issuer.asked).toBe(1);
});

it('knows tokens of all usual keys', async () => {
  for (const [id, algorithm] of [
    ['es', 'ES256'],
    ['ed', 'EdDSA'],
    ['ps', 'PS256'],
  ] as const) {
    const key = await issuer.addKey(id, algorithm);
    const fresh = createJwtProviders({
      providers: [{ name: 'company', issuer: issuer.url, audience: 'spillway', actorClaim: 'sub' }],
      clock,
      logger: { warn: () => undefined },
    });
    expect(await fresh.verify(await issuer.sign(clock.now(), {}, key))).toBeDefined();
  }
});

it('vouches for nobody while the provider is down, and again when it is back', async () => {
  issuer.isDown = true;
  const token = await sign();
  expect(await providers.verify(token)).toBeUndefined();
  expect(warned[0]).toMatch(/answered 503/);
  expect(warned[0]).not.toContain(token);
  issuer.isDown = false;
  expect(await providers.verify(token)).toBeDefined();
});

it('does not believe an address that speaks of another issuer', async () => {
  issuer.issuerSaid = 'https://evil.example';
  expect(await providers.verify(await sign())).toBeUndefined();
});

it('lets a token go on for half a minute after its end, for clocks differ', async () => {
  const token = await sign();
  await clock.advanceTo(after(clock.now(), 89_000));
  expect(await providers.verify(token)).toBeDefined();
  await clock.advanceTo(after(clock.now(), 2_000));
  expect(await providers.verify(token)).toBeUndefined();
});

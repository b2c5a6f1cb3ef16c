import type { Vouched } from '@spillway/application';
import {
  createRemoteJWKSet,
  decodeJwt,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import type { ProviderSettings } from './provider-settings.js';

/** Signed with a private key only: with a shared secret, or with none, anybody could sign. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];

/** By which the clocks of both may differ, in seconds. */
const clockTolerance = 30;
const answerMs = 3_000;
/** As an e-mail address; longer ones would not fit into indexes of the database. */
const longestActor = 320;
/** A key that nobody knows is looked for at the provider again, but not more often than this. */
const cooldownMs = 10_000;

/** What a provider says, checked by its published keys, which may be rotated at any time. */
export class Provider {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(
    private readonly settings: ProviderSettings,
    private readonly now: () => number,
  ) {}

  /** Whether the token claims to be of this provider: believed only as far as to ask it. */
  claims(token: string): boolean {
    try {
      return decodeJwt(token).iss === this.settings.issuer;
    } catch {
      return false;
    }
  }

  /** Rejects a token that is not right, and when the keys cannot be had. */
  async verify(token: string): Promise<Vouched> {
    const { name, issuer, audience, actorClaim } = this.settings;
    const { payload } = await jwtVerify(token, await this.knownKeys(), {
      issuer,
      audience,
      algorithms,
      clockTolerance,
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(this.now()),
    });
    const claims = believed(payload);
    const actor = claims[actorClaim];
    if (typeof actor !== 'string' || actor === '') {
      throw new Error(`the token has no claim ${actorClaim}`);
    }
    if (actor.length > longestActor)
      throw new Error(`the claim ${actorClaim} is too long for a name`);
    return { provider: name, actor, claims };
  }

  private async knownKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= discover(this.settings.issuer);
    try {
      return await this.keys;
    } catch (error) {
      this.keys = undefined;
      throw error;
    }
  }
}

/** An address that the provider has not verified is whatever somebody wrote there: it says nothing. */
function believed({ email, ...claims }: JWTPayload): JWTPayload {
  const isVerified = ![false, 'false'].includes(claims['email_verified'] as boolean | string);
  return email === undefined || !isVerified ? claims : { ...claims, email };
}

/** OpenID Connect Discovery 1.0, section 4: the issuer in the answer must be the one that was asked. */
async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, {
    signal: AbortSignal.timeout(answerMs),
    redirect: 'error',
  });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const found = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (found.issuer !== issuer) throw new Error(`${address} speaks of another issuer`);
  if (typeof found.jwks_uri !== 'string') throw new Error(`${address} names no keys`);
  return createRemoteJWKSet(new URL(found.jwks_uri), {
    timeoutDuration: answerMs,
    cooldownDuration: cooldownMs,
  });
}

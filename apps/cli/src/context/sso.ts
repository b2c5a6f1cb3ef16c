import type { LoginProvider } from '@spillway/sdk';
import * as oidc from 'openid-client';
import { UsageError } from '../usage-error.js';
import { Loopback } from './loopback.js';

/** What a provider gave to who has logged in there. */
export interface SsoToken {
  /** What Spillway takes as bearer token. */
  readonly token: string;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface SsoOptions {
  /** Shows an address that is to be opened in a browser. */
  readonly show: (address: string) => void;
  readonly now: () => number;
  /** Gives the wait up. */
  readonly signal: AbortSignal;
}

/**
 * Logs in at a provider with a browser: authorization code with PKCE (RFC 7636), the answer comes
 * to a port of this machine (RFC 8252). The client is public: there is no secret to be stolen.
 */
export async function logInAt(
  { issuer, clientId, name }: LoginProvider,
  { show, now, signal }: SsoOptions,
): Promise<SsoToken> {
  const config = await discovered(issuer, clientId);
  const loopback = await Loopback.open();
  try {
    const verifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const address = oidc.buildAuthorizationUrl(config, {
      redirect_uri: loopback.address,
      scope: 'openid email profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    show(address.href);
    const answer = await loopback.answer(signal);
    const tokens = await oidc.authorizationCodeGrant(config, answer, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
    const claims = tokens.claims();
    if (tokens.id_token === undefined || claims === undefined) {
      throw new UsageError(`${name} gave no id token.`, 'Let the client ask for the scope openid.');
    }
    return { token: tokens.id_token, expiresAt: Math.min(claims.exp * 1_000, now() + year) };
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown;
    throw new UsageError(`${name} did not log you in: ${reasonOf(thrown)}.`, 'Try it again.');
  } finally {
    await loopback.close();
  }
}

const year = 366 * 86_400_000;

async function discovered(issuer: string, clientId: string): Promise<oidc.Configuration> {
  const { hostname, protocol } = new URL(issuer);
  const isLocal = protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  try {
    return await oidc.discovery(new URL(issuer), clientId, undefined, oidc.None(), {
      execute: isLocal ? [oidc.allowInsecureRequests] : [],
    });
  } catch (thrown) {
    const what = `${issuer} does not answer as an identity provider: ${reasonOf(thrown)}.`;
    throw new UsageError(what, 'See that it is reachable from here.');
  }
}

const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);

import type { Claims } from '@spillway/domain-access';

/** Somebody whom a provider vouches for. */
export interface Vouched {
  /** The provider's name in the settings. */
  readonly provider: string;
  /** Who it is, as people know them: an e-mail address, or `repo:acme/shop:ref:refs/heads/main`. */
  readonly actor: string;
  readonly claims: Claims;
}

/** Reads the tokens of the providers that are configured (OpenID Connect, JSON Web Tokens). */
export interface IdentityProviders {
  /**
   * Checks signature, issuer, audience and times. `undefined` for a token of nobody known;
   * never throws: when a provider cannot be asked for its keys, nobody is vouched for.
   */
  verify(token: string): Promise<Vouched | undefined>;
}

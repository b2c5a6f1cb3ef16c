import { hash, timingSafeEqual } from 'node:crypto';
import { sentToken, type Authenticate, type Identity } from '@spillway/application';

/** A token that is known by its text. Its name is the actor of all that is done with it. */
export interface FixedToken extends Identity {
  readonly token: string;
}

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/**
 * Knows these tokens and no other. Takes as long for a wrong token as for a right one:
 * digests have one length, and all are compared.
 */
export function fixedTokens(tokens: readonly FixedToken[]): Authenticate {
  const known = tokens.map(({ token, ...identity }) => ({ identity, stored: digest(token) }));
  return async (authorization) => {
    const sent = sentToken(authorization);
    if (sent === undefined) return undefined;
    const given = digest(sent);
    return known.filter(({ stored }) => timingSafeEqual(stored, given))[0]?.identity;
  };
}

import { createHash, timingSafeEqual } from 'node:crypto';

/** A token that may call Spillway. Its name is the actor of all that is done with it. */
export interface ServiceToken {
  readonly name: string;
  readonly token: string;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Who sent this `Authorization` header, or `undefined`. Takes as long for a
 * wrong token as for a right one: digests have one length, and all are compared.
 */
export function identify(
  tokens: readonly ServiceToken[],
  authorization: string | undefined,
): string | undefined {
  const [, sent] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
  if (sent === undefined) return undefined;
  const given = digest(sent);
  return tokens.filter(({ token }) => timingSafeEqual(digest(token), given))[0]?.name;
}

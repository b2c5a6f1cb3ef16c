import { matchesClaims } from '@spillway/domain-access';
import { tokenName } from '@spillway/kernel';
import type { AccessFeed } from '../port/access-feed.js';
import type { Clock } from '../port/clock.js';
import type { IdentityProviders } from '../port/identity-provider.js';
import type { Tx, UnitOfWork } from '../port/unit-of-work.js';
import { isReservedActor, sentToken, type Authenticate, type Identity } from './identity.js';
import { hashOf, isTokenText } from './token-text.js';

export interface AuthenticatorDeps {
  readonly unitOfWork: UnitOfWork;
  readonly feed: AccessFeed;
  readonly clock: Clock;
  readonly providers: IdentityProviders;
}

/** Longer than this nothing is believed that nobody has confirmed. */
const rememberedMs = 1_000;
const mostRemembered = 10_000;
const notedEveryMs = 60_000;

interface Remembered {
  readonly identity: Identity | undefined;
  readonly until: number;
}

/**
 * Knows stored tokens and whoever a provider vouches for. What was found is remembered for a
 * second, so that a busy caller costs one query a second; a change of tokens or members ends
 * that at once in every process.
 */
export function createAuthenticator(deps: AuthenticatorDeps): Authenticate {
  const remembered = new Map<string, Remembered>();
  let changes = 0;
  deps.feed.subscribe(() => {
    changes += 1;
    remembered.clear();
  });
  return async (authorization) => {
    const sent = sentToken(authorization);
    if (sent === undefined) return undefined;
    const hash = hashOf(sent);
    const now = deps.clock.now();
    const known = remembered.get(hash);
    if (known !== undefined && known.until > now && deps.feed.isLive()) return known.identity;
    const before = changes;
    const identity = isTokenText(sent)
      ? await deps.unitOfWork.run((tx) => byToken(tx, hash))
      : await byProvider(deps, sent);
    // What was read while something changed may be older than the change.
    if (changes !== before) return identity;
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(hash, { identity, until: now + rememberedMs });
    return identity;
  };
}

async function byToken(tx: Tx, hash: string): Promise<Identity | undefined> {
  const token = await tx.tokens.find(hash);
  if (token === undefined || (token.expiresAt ?? Infinity) <= tx.now) return undefined;
  const isCurrent = token.hashes.current === hash;
  if (!isCurrent && (token.rotatesUntil ?? 0) <= tx.now) return undefined;
  if (tx.now - (token.lastUsedAt ?? 0) >= notedEveryMs) await tx.tokens.noteUse(token.name, tx.now);
  return { actor: token.name, grants: token.grants };
}

async function byProvider(
  { providers, unitOfWork }: AuthenticatorDeps,
  sent: string,
): Promise<Identity | undefined> {
  const vouched = await providers.verify(sent);
  if (vouched === undefined) return undefined;
  const { members, isTaken } = await unitOfWork.run(async (tx) => ({
    members: await tx.members.ofProvider(vouched.provider),
    isTaken: (await tx.tokens.get(tokenName(vouched.actor))) !== undefined,
  }));
  // Approvals, idempotency keys and rules know an actor by name: nobody may go by another's.
  if (isTaken || isReservedActor(vouched.actor)) return undefined;
  const grants = members
    .filter(({ claims }) => matchesClaims(claims, vouched.claims))
    .flatMap((member) => member.grants);
  // Somebody who is known, and may do nothing: that is another answer than a wrong token.
  return { actor: vouched.actor, grants };
}

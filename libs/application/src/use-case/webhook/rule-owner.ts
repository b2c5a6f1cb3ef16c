import { allows, type Grant } from '@spillway/domain-access';
import { tokenName, type ServiceName } from '@spillway/kernel';
import type { Caller } from '../../access/caller.js';
import { operations } from '../../access/operations.js';
import { placeOf } from '../../access/where.js';
import type { RuleOwner } from '../../port/rule-store.js';
import type { Tx } from '../../port/unit-of-work.js';

/** Who puts a rule, to be kept with it. */
export async function ownerOf(tx: Tx, { actor, grants }: Caller): Promise<RuleOwner> {
  const isToken = (await tx.tokens.get(tokenName(actor))) !== undefined;
  return { actor, grants, ...(isToken ? { isToken } : {}) };
}

/**
 * What the owner of a rule may do now: of a token what it may at this moment, nothing
 * once it is revoked or over. Whoever a provider vouched for is known only while
 * they are here, so that what they might do when they put the rule stays.
 */
export async function grantsOf(tx: Tx, owner: RuleOwner): Promise<readonly Grant[]> {
  if (owner.isToken !== true) return owner.grants;
  const token = await tx.tokens.get(tokenName(owner.actor));
  return token === undefined || (token.expiresAt ?? Infinity) <= tx.now ? [] : token.grants;
}

/** Whether the owner might start a release of the service by itself. */
export async function mayRelease(tx: Tx, owner: RuleOwner, name: ServiceName): Promise<boolean> {
  const place = await placeOf(tx, { kind: 'service', name });
  const { roles } = operations.startRelease;
  return place !== undefined && allows(await grantsOf(tx, owner), roles, place);
}

export const mayNot = ({ actor }: RuleOwner, service: string): string =>
  `${actor}, who put the rule, may not release ${service}; whoever may puts it again`;

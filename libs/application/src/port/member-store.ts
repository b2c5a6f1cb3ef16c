import type { Grant } from '@spillway/domain-access';
import type { Instant, MemberName } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/**
 * Whoever an identity provider says these things of, and what they may do: a person by an
 * e-mail address, a team by a group, a pipeline by its repository.
 */
export interface NewMember {
  readonly name: MemberName;
  /** The provider's name in the settings. */
  readonly provider: string;
  /** Each must be so. A claim that is a list must have the value in it. At least one. */
  readonly claims: Readonly<Record<string, string>>;
  readonly grants: readonly Grant[];
}

export interface MemberRecord extends NewMember {
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface MemberStore {
  get(name: MemberName): Promise<MemberRecord | undefined>;
  /** Like `get`, and no other transaction can lock, put or remove it until this one ends. */
  lock(name: MemberName): Promise<MemberRecord | undefined>;
  /** By name. */
  list(page: PageRequest): Promise<Page<MemberRecord>>;
  /** Those of a provider, all of them. */
  ofProvider(provider: string): Promise<readonly MemberRecord[]>;
  /** Every process knows of it when the transaction commits. */
  put(member: NewMember): Promise<MemberRecord>;
  remove(name: MemberName): Promise<void>;
}

import type { Grant } from '@spillway/domain-access';
import type { Rule } from '@spillway/domain-rule';
import type { Instant, RuleName, WebhookName } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** On whose behalf a rule starts releases: who put it last, and what they might do then. */
export interface RuleOwner {
  readonly actor: string;
  readonly grants: readonly Grant[];
  /** It was a token, so that what it may do now can be asked. */
  readonly isToken?: boolean;
}

export interface RuleRecord extends Rule {
  readonly owner: RuleOwner;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type NewRule = Rule & { readonly owner: RuleOwner };

export interface RuleStore {
  get(name: RuleName): Promise<RuleRecord | undefined>;
  /** Like `get`, and no other transaction can lock, put or remove it until this one ends. */
  lock(name: RuleName): Promise<RuleRecord | undefined>;
  /** In the order of their names. */
  list(page: PageRequest): Promise<Page<RuleRecord>>;
  /** All that listen to a webhook, in no order in particular. */
  ofWebhook(webhook: WebhookName): Promise<readonly RuleRecord[]>;
  /** Adds it, or replaces the one of that name. Its webhook must exist. */
  put(rule: NewRule): Promise<RuleRecord>;
  /** No effect when it is not there. */
  remove(name: RuleName): Promise<void>;
}

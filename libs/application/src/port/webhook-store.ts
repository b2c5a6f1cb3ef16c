import type { Trigger } from '@spillway/domain-rule';
import type { Instant, SecretName, WebhookName } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** Whose signatures and payloads a webhook understands. */
export const webhookProviders = ['github', 'gitlab', 'generic', 'cloudEvents'] as const;

export type WebhookProvider = (typeof webhookProviders)[number];

/** Where in a payload of one’s own a trigger’s facts are, as JSON pointers. */
export type WebhookMapping = Readonly<Partial<Record<keyof Trigger, string>>>;

export interface WebhookFormat {
  readonly provider: WebhookProvider;
  /** Of `generic` and `cloudEvents` only. Absent: payloads have Spillway’s own shape. */
  readonly mapping?: WebhookMapping;
}

/** An address at which others tell that something was deployed. */
export interface WebhookRecord extends WebhookFormat {
  readonly name: WebhookName;
  /** What deliveries are signed with: any of these, so that one can be replaced by another. */
  readonly secrets: readonly SecretName[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type NewWebhook = Omit<WebhookRecord, 'createdAt' | 'updatedAt'>;

export interface WebhookStore {
  get(name: WebhookName): Promise<WebhookRecord | undefined>;
  /** Like `get`, and no other transaction can lock, put or remove it until this one ends. */
  lock(name: WebhookName): Promise<WebhookRecord | undefined>;
  /** In the order of their names. */
  list(page: PageRequest): Promise<Page<WebhookRecord>>;
  /** Adds it, or replaces the one of that name. Its secrets must exist. */
  put(webhook: NewWebhook): Promise<WebhookRecord>;
  /** With its deliveries. No effect when it is not there. Not while a rule names it: ask `rules.ofWebhook` first. */
  remove(name: WebhookName): Promise<void>;
  /** Webhooks that need this secret, in the order of their names. */
  referringTo(secret: SecretName): Promise<readonly WebhookName[]>;
}

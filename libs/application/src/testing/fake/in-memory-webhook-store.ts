import { laterThan, type SecretName, type WebhookName } from '@spillway/kernel';
import type { Page, PageRequest } from '../../port/page.js';
import type { NewWebhook, WebhookRecord, WebhookStore } from '../../port/webhook-store.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ name }: WebhookRecord): string => name;

export class InMemoryWebhookStore implements WebhookStore {
  constructor(private readonly draft: Draft) {}

  get(name: WebhookName): Promise<WebhookRecord | undefined> {
    return Promise.resolve(this.draft.tables.webhooks.get(name));
  }

  /** Transactions run one after another: each has every lock. */
  lock(name: WebhookName): Promise<WebhookRecord | undefined> {
    return this.get(name);
  }

  list(page: PageRequest): Promise<Page<WebhookRecord>> {
    return Promise.resolve(pageOf(this.sorted(), page, nameOf));
  }

  put(webhook: NewWebhook): Promise<WebhookRecord> {
    const { tables, now } = this.draft;
    const before = tables.webhooks.get(webhook.name);
    const updatedAt = laterThan(before?.updatedAt, now);
    const record = kept({ ...webhook, createdAt: before?.createdAt ?? now, updatedAt });
    tables.webhooks.set(webhook.name, record);
    return Promise.resolve(record);
  }

  remove(name: WebhookName): Promise<void> {
    const { webhooks, received } = this.draft.tables;
    webhooks.delete(name);
    for (const [id, { webhook }] of received) if (webhook === name) received.delete(id);
    return Promise.resolve();
  }

  referringTo(secret: SecretName): Promise<readonly WebhookName[]> {
    const referring = this.sorted().filter(({ secrets }) => secrets.includes(secret));
    return Promise.resolve(referring.map(({ name }) => name));
  }

  private sorted(): readonly WebhookRecord[] {
    return [...this.draft.tables.webhooks.values()].sort(byText(nameOf));
  }
}

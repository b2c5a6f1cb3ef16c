import { laterThan, type RuleName, type WebhookName } from '@spillway/kernel';
import type { Page, PageRequest } from '../../port/page.js';
import type { NewRule, RuleRecord, RuleStore } from '../../port/rule-store.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ name }: RuleRecord): string => name;

export class InMemoryRuleStore implements RuleStore {
  constructor(private readonly draft: Draft) {}

  get(name: RuleName): Promise<RuleRecord | undefined> {
    return Promise.resolve(this.draft.tables.rules.get(name));
  }

  /** Transactions run one after another: each has every lock. */
  lock(name: RuleName): Promise<RuleRecord | undefined> {
    return this.get(name);
  }

  list(page: PageRequest): Promise<Page<RuleRecord>> {
    const sorted = [...this.draft.tables.rules.values()].sort(byText(nameOf));
    return Promise.resolve(pageOf(sorted, page, nameOf));
  }

  ofWebhook(webhook: WebhookName): Promise<readonly RuleRecord[]> {
    const all = [...this.draft.tables.rules.values()];
    return Promise.resolve(all.filter(({ match }) => match.webhook === webhook));
  }

  put(rule: NewRule): Promise<RuleRecord> {
    const { tables, now } = this.draft;
    const before = tables.rules.get(rule.name);
    const updatedAt = laterThan(before?.updatedAt, now);
    const record = kept({ ...rule, createdAt: before?.createdAt ?? now, updatedAt });
    tables.rules.set(rule.name, record);
    return Promise.resolve(record);
  }

  remove(name: RuleName): Promise<void> {
    this.draft.tables.rules.delete(name);
    return Promise.resolve();
  }
}

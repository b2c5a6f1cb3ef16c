import type { NewRule, Page, PageRequest, RuleRecord, RuleStore } from '@spillway/application';
import {
  laterThan,
  ruleName,
  type Instant,
  type RuleName,
  type WebhookName,
} from '@spillway/kernel';
import { type EntityManager, type Repository } from 'typeorm';
import { byName, nameKey, toPage } from '../keyset-page.js';
import { RuleRow } from './rule-row.js';

const toRule = (row: RuleRow): RuleRecord => ({
  name: ruleName(row.name),
  priority: row.priority,
  match: row.match,
  release: row.release,
  owner: row.owner,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

const replaced = ['webhook', 'priority', 'match', 'release', 'owner', 'updated_at'];

export class TypeOrmRuleStore implements RuleStore {
  private readonly rows: Repository<RuleRow>;

  constructor(
    manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(RuleRow);
  }

  async get(name: RuleName): Promise<RuleRecord | undefined> {
    const row = await this.rows.findOneBy({ name });
    return row === null ? undefined : toRule(row);
  }

  async lock(name: RuleName): Promise<RuleRecord | undefined> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await this.rows.findOne({ where: { name }, lock });
    return row === null ? undefined : toRule(row);
  }

  async list(page: PageRequest): Promise<Page<RuleRecord>> {
    const rows = await this.rows.find(byName(page));
    return toPage(rows, page, nameKey, toRule);
  }

  async ofWebhook(webhook: WebhookName): Promise<readonly RuleRecord[]> {
    return (await this.rows.findBy({ webhook })).map(toRule);
  }

  /** The transaction that waited for another one's put may have begun before it. */
  async put(rule: NewRule): Promise<RuleRecord> {
    const { name } = rule;
    const before = await this.lock(name);
    const updatedAt = laterThan(before?.updatedAt, this.now);
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({ ...rule, webhook: rule.match.webhook, createdAt: this.now, updatedAt })
      .orUpdate(replaced, ['name'])
      .execute();
    return toRule(await this.rows.findOneByOrFail({ name }));
  }

  async remove(name: RuleName): Promise<void> {
    await this.rows.delete({ name });
  }
}

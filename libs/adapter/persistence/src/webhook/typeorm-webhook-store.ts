import {
  webhookProviders,
  type NewWebhook,
  type Page,
  type PageRequest,
  type WebhookRecord,
  type WebhookStore,
} from '@spillway/application';
import {
  InvariantBroken,
  laterThan,
  secretName,
  webhookName,
  type Instant,
  type SecretName,
  type WebhookName,
} from '@spillway/kernel';
import { In, type EntityManager, type Repository } from 'typeorm';
import { byName, nameKey, toPage } from '../keyset-page.js';
import { ReceivedRow } from './received-row.js';
import { WebhookRow, WebhookSecretRow } from './webhook-rows.js';

const lock = { mode: 'pessimistic_write' } as const;

export class TypeOrmWebhookStore implements WebhookStore {
  private readonly rows: Repository<WebhookRow>;
  private readonly secretRows: Repository<WebhookSecretRow>;
  private readonly deliveryRows: Repository<ReceivedRow>;

  constructor(
    manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(WebhookRow);
    this.secretRows = manager.getRepository(WebhookSecretRow);
    this.deliveryRows = manager.getRepository(ReceivedRow);
  }

  async get(name: WebhookName): Promise<WebhookRecord | undefined> {
    return this.only(await this.rows.findOneBy({ name }));
  }

  async lock(name: WebhookName): Promise<WebhookRecord | undefined> {
    return this.only(await this.rows.findOne({ where: { name }, lock }));
  }

  async list(page: PageRequest): Promise<Page<WebhookRecord>> {
    const rows = await this.rows.find(byName(page));
    const secrets = await this.secretsOf(rows);
    return toPage(rows, page, nameKey, (row) => toWebhook(row, secrets));
  }

  /** The transaction that waited for another one's put may have begun before it. */
  async put({ name, provider, mapping, secrets }: NewWebhook): Promise<WebhookRecord> {
    const before = await this.rows.findOne({ where: { name }, lock });
    const updatedAt = laterThan(before?.updatedAt, this.now);
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({ name, provider, mapping: mapping ?? null, createdAt: this.now, updatedAt })
      .orUpdate(['provider', 'mapping', 'updated_at'], ['name'])
      .execute();
    await this.secretRows.delete({ webhook: name });
    await this.secretRows.insert(
      secrets.map((secret, position) => ({ webhook: name, position, secret })),
    );
    const row = await this.rows.findOneByOrFail({ name });
    return toWebhook(row, await this.secretsOf([row]));
  }

  async remove(name: WebhookName): Promise<void> {
    await this.deliveryRows.delete({ webhook: name });
    await this.secretRows.delete({ webhook: name });
    await this.rows.delete({ name });
  }

  async referringTo(secret: SecretName): Promise<readonly WebhookName[]> {
    const rows = await this.secretRows.find({ where: { secret }, order: { webhook: 'ASC' } });
    return [...new Set(rows.map(({ webhook }) => webhookName(webhook)))];
  }

  private async only(row: WebhookRow | null): Promise<WebhookRecord | undefined> {
    return row === null ? undefined : toWebhook(row, await this.secretsOf([row]));
  }

  private secretsOf(rows: readonly WebhookRow[]): Promise<readonly WebhookSecretRow[]> {
    return this.secretRows.find({
      where: { webhook: In(rows.map(({ name }) => name)) },
      order: { position: 'ASC' },
    });
  }
}

const toWebhook = (row: WebhookRow, secrets: readonly WebhookSecretRow[]): WebhookRecord => ({
  name: webhookName(row.name),
  provider: toProvider(row.provider),
  ...(row.mapping === null ? {} : { mapping: row.mapping }),
  secrets: secrets
    .filter(({ webhook }) => webhook === row.name)
    .map(({ secret }) => secretName(secret)),
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

function toProvider(text: string): WebhookRecord['provider'] {
  const known = webhookProviders.find((provider) => provider === text);
  if (known === undefined) throw new InvariantBroken(`a stored webhook has the provider ${text}`);
  return known;
}

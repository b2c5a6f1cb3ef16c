import type {
  Happened,
  NewNotificationEndpoint,
  NotificationEndpoint,
  NotificationStore,
  Page,
  PageRequest,
} from '@spillway/application';
import {
  channelSecrets,
  isAtLeast,
  severities,
  severityOf,
  type Severity,
} from '@spillway/domain-notification';
import {
  canonicalJson,
  notificationName,
  splitServiceName,
  type Instant,
  type NotificationName,
  type SecretName,
} from '@spillway/kernel';
import { type EntityManager, type Repository } from 'typeorm';
import { byName, nameKey, toPage } from '../keyset-page.js';
import { OutgoingDeliveryRow } from './delivery-rows.js';
import { preparedQuery } from '../prepared-query.js';
import { NotificationRow, NotificationSecretRow } from './notification-rows.js';

const toEndpoint = (row: NotificationRow): NotificationEndpoint => ({
  name: notificationName(row.name),
  channel: row.channel,
  filter: row.filter,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  since: row.since,
});

/** In a release's transaction: takes no lock that anybody who changes an endpoint holds. */
const mayWantSql = `
  select exists (
    select from notification_endpoints as endpoint
    where (endpoint.filter->'namespaces' is null or endpoint.filter->'namespaces' ? $1)
      and (endpoint.filter->'services' is null or endpoint.filter->'services' ? $2)
      and (endpoint.filter->'types' is null or endpoint.filter->'types' ?| $3::text[])
      and endpoint.filter->>'severity' = any($4::text[])
  ) as wanted`;

export class TypeOrmNotificationStore implements NotificationStore {
  private readonly rows: Repository<NotificationRow>;
  private readonly secretRows: Repository<NotificationSecretRow>;

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(NotificationRow);
    this.secretRows = manager.getRepository(NotificationSecretRow);
  }

  async get(name: NotificationName): Promise<NotificationEndpoint | undefined> {
    const row = await this.rows.findOneBy({ name });
    return row === null ? undefined : toEndpoint(row);
  }

  async lock(name: NotificationName): Promise<NotificationEndpoint | undefined> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await this.rows.findOne({ where: { name }, lock });
    return row === null ? undefined : toEndpoint(row);
  }

  async list(page: PageRequest): Promise<Page<NotificationEndpoint>> {
    const rows = await this.rows.find(byName(page));
    return toPage(rows, page, nameKey, toEndpoint);
  }

  async all(): Promise<readonly NotificationEndpoint[]> {
    return (await this.rows.find({ order: { name: 'ASC' } })).map(toEndpoint);
  }

  async mayWant({ service, types }: Happened): Promise<boolean> {
    const { namespace } = splitServiceName(service);
    const [row] = await preparedQuery<{ wanted: boolean }>(this.manager, mayWantSql, [
      namespace,
      service,
      types,
      upToMostSevere(types),
    ]);
    return row?.wanted === true;
  }

  async put({ name, channel, filter }: NewNotificationEndpoint): Promise<NotificationEndpoint> {
    const lock = { mode: 'pessimistic_write' } as const;
    const before = await this.rows.findOne({ where: { name }, lock });
    const isSame = before !== null && canonicalJson(before.filter) === canonicalJson(filter);
    const since = isSame ? before.since : this.now;
    const state = { channel, filter, since, failures: 0, restsUntil: null, updatedAt: this.now };
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({ name, ...state, createdAt: this.now })
      .orUpdate(['channel', 'filter', 'since', 'failures', 'rests_until', 'updated_at'], ['name'])
      .execute();
    await this.refer(name, new Set(channelSecrets(channel).map(([, { secret }]) => secret)));
    return toEndpoint(await this.rows.findOneByOrFail({ name }));
  }

  async remove(name: NotificationName): Promise<void> {
    await this.manager.delete(OutgoingDeliveryRow, { endpoint: name });
    await this.secretRows.delete({ endpoint: name });
    await this.rows.delete({ name });
  }

  async referringTo(secret: SecretName): Promise<readonly NotificationName[]> {
    const rows = await this.secretRows.find({ where: { secret }, order: { endpoint: 'ASC' } });
    return rows.map(({ endpoint }) => notificationName(endpoint));
  }

  private async refer(endpoint: string, secrets: ReadonlySet<string>): Promise<void> {
    await this.secretRows.delete({ endpoint });
    await this.secretRows.insert([...secrets].map((secret) => ({ endpoint, secret })));
  }
}

/** Whoever wants this much or less may want one of them. */
const upToMostSevere = (types: Happened['types']): readonly Severity[] =>
  severities.filter((least) => types.some((type) => isAtLeast(severityOf(type), least)));

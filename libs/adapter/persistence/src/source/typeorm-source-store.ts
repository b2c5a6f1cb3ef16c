import {
  secretRefs,
  type NewSource,
  type Page,
  type PageRequest,
  type SourceRecord,
  type SourceStore,
} from '@spillway/application';
import {
  laterThan,
  sourceName,
  type Instant,
  type SecretName,
  type SourceName,
} from '@spillway/kernel';
import { In, type EntityManager, type Repository } from 'typeorm';
import { byName, nameKey, toPage } from '../keyset-page.js';
import { SourceRow, SourceSecretRow } from './source-rows.js';

const toSource = (row: SourceRow): SourceRecord => ({
  name: sourceName(row.name),
  connection: row.connection,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

export class TypeOrmSourceStore implements SourceStore {
  private readonly rows: Repository<SourceRow>;
  private readonly secretRows: Repository<SourceSecretRow>;

  constructor(
    manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(SourceRow);
    this.secretRows = manager.getRepository(SourceSecretRow);
  }

  async get(name: SourceName): Promise<SourceRecord | undefined> {
    const row = await this.rows.findOneBy({ name });
    return row === null ? undefined : toSource(row);
  }

  async lock(name: SourceName): Promise<SourceRecord | undefined> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await this.rows.findOne({ where: { name }, lock });
    return row === null ? undefined : toSource(row);
  }

  async keep(names: readonly SourceName[]): Promise<ReadonlySet<SourceName>> {
    const rows = await this.rows.find({
      select: { name: true },
      where: { name: In([...names]) },
      lock: { mode: 'pessimistic_read' },
    });
    return new Set(rows.map(({ name }) => sourceName(name)));
  }

  async list(page: PageRequest): Promise<Page<SourceRecord>> {
    const rows = await this.rows.find(byName(page));
    return toPage(rows, page, nameKey, toSource);
  }

  /** The transaction that waited for another one's put may have begun before it. */
  async put({ name, connection }: NewSource): Promise<SourceRecord> {
    const before = await this.lock(name);
    const updatedAt = laterThan(before?.updatedAt, this.now);
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({ name, connection, createdAt: this.now, updatedAt })
      .orUpdate(['connection', 'updated_at'], ['name'])
      .execute();
    const secrets = new Set(secretRefs(connection).map(({ secret }) => secret));
    await this.secretRows.delete({ source: name });
    await this.secretRows.insert([...secrets].map((secret) => ({ source: name, secret })));
    return toSource(await this.rows.findOneByOrFail({ name }));
  }

  async remove(name: SourceName): Promise<void> {
    await this.secretRows.delete({ source: name });
    await this.rows.delete({ name });
  }

  async referringTo(secret: SecretName): Promise<readonly SourceName[]> {
    const rows = await this.secretRows.find({ where: { secret }, order: { source: 'ASC' } });
    return rows.map(({ source }) => sourceName(source));
  }
}

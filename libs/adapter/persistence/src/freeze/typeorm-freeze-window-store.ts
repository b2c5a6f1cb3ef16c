import type {
  FreezeWindowRecord,
  FreezeWindowStore,
  Page,
  PageRequest,
} from '@spillway/application';
import type { FreezeWindow } from '@spillway/domain-freeze';
import { laterThan, type Instant } from '@spillway/kernel';
import { type EntityManager, type Repository } from 'typeorm';
import { askedTogether } from '../asked-together.js';
import { byName, nameKey, toPage } from '../keyset-page.js';
import { preparedQuery } from '../prepared-query.js';
import { rowReader, type Raw } from '../row-reader.js';
import { FreezeWindowRow } from './freeze-window-row.js';

const toWindow = ({
  name,
  times,
  scope,
  because,
  createdAt,
  updatedAt,
}: FreezeWindowRow): FreezeWindowRecord => ({
  name,
  times,
  scope,
  because,
  createdAt,
  updatedAt,
});

export class TypeOrmFreezeWindowStore implements FreezeWindowStore {
  private readonly rows: Repository<FreezeWindowRow>;
  private readonly everything = askedTogether(async () => new Map([['all', await this.readAll()]]));

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(FreezeWindowRow);
  }

  async get(name: string): Promise<FreezeWindowRecord | undefined> {
    const row = await this.rows.findOneBy({ name });
    return row === null ? undefined : toWindow(row);
  }

  async lock(name: string): Promise<FreezeWindowRecord | undefined> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await this.rows.findOne({ where: { name }, lock });
    return row === null ? undefined : toWindow(row);
  }

  async all(): Promise<readonly FreezeWindowRecord[]> {
    return (await this.everything('all')) ?? [];
  }

  private async readAll(): Promise<readonly FreezeWindowRecord[]> {
    const reader = rowReader(this.manager, FreezeWindowRow);
    const text = `select ${reader.columns()} from freeze_windows order by freeze_windows.name`;
    const rows = await preparedQuery<Raw>(this.manager, text, []);
    return rows.map((row) => toWindow(reader.fromRow(row)));
  }

  async list(page: PageRequest): Promise<Page<FreezeWindowRecord>> {
    const rows = await this.rows.find(byName(page));
    return toPage(rows, page, nameKey, toWindow);
  }

  /** The transaction that waited for another one's put may have begun before it. */
  async put({ name, times, scope, because }: FreezeWindow): Promise<FreezeWindowRecord> {
    const before = await this.lock(name);
    const updatedAt = laterThan(before?.updatedAt, this.now);
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({ name, times, scope, because, createdAt: this.now, updatedAt })
      .orUpdate(['times', 'scope', 'because', 'updated_at'], ['name'])
      .execute();
    return toWindow(await this.rows.findOneByOrFail({ name }));
  }

  async remove(name: string): Promise<void> {
    await this.rows.delete({ name });
  }
}

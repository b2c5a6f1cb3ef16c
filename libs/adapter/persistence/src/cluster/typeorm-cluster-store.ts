import type {
  ClusterRecord,
  ClusterStore,
  LinkState,
  NewCluster,
  Page,
  PageRequest,
} from '@spillway/application';
import { laterThan, type ClusterName, type Instant } from '@spillway/kernel';
import { type EntityManager, type Repository } from 'typeorm';
import { askedTogether } from '../asked-together.js';
import { isNameKey, keyOfPage, nameKey, nameOrder, toPage } from '../keyset-page.js';
import { preparedQuery } from '../prepared-query.js';
import { rowReader, type Raw } from '../row-reader.js';
import type { Sealer } from '../sealer.js';
import { toCluster, toRow } from './cluster-mapping.js';
import { ClusterRow } from './cluster-row.js';

export class TypeOrmClusterStore implements ClusterStore {
  private readonly rows: Repository<ClusterRow>;

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Instant,
    private readonly sealer: Sealer,
  ) {
    this.rows = manager.getRepository(ClusterRow);
  }

  readonly get = askedTogether<ClusterName, ClusterRecord>(async (names) => {
    const rows = await this.read('where clusters.name = any ($1)', [[...names]]);
    return new Map(rows.map((row) => [row.name, toCluster(row, this.sealer)]));
  });

  async lock(name: ClusterName): Promise<ClusterRecord | undefined> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await this.rows.findOne({ where: { name }, lock });
    return row === null ? undefined : toCluster(row, this.sealer);
  }

  async getAll(names: readonly ClusterName[]): Promise<readonly ClusterRecord[]> {
    const found = await Promise.all([...new Set(names)].toSorted().map(this.get));
    return found.filter((one) => one !== undefined);
  }

  async list(page: PageRequest): Promise<Page<ClusterRecord>> {
    const [after] = keyOfPage(page, isNameKey) ?? [];
    const { past, order } = nameOrder(page);
    const tail = `where ($1::text is null or clusters.name ${past} $1) order by clusters.name ${order} limit $2`;
    const rows = await this.read(tail, [after ?? null, page.limit + 1]);
    return toPage(rows, page, nameKey, (row) => toCluster(row, this.sealer));
  }

  /**
   * What is put later has the later `updatedAt`, which is how connections tell
   * old from new; the transaction that waited for the other may have begun before it.
   */
  async put(cluster: NewCluster): Promise<ClusterRecord> {
    const { name, ...described } = toRow(cluster, this.sealer);
    const lock = { mode: 'pessimistic_write' } as const;
    const before = await this.rows.findOne({ where: { name }, lock });
    const updatedAt = laterThan(before?.updatedAt, this.now);
    const changed = { ...described, lastState: null, updatedAt };
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({ name, ...changed, createdAt: this.now })
      .orUpdate(
        ['labels', 'connection', 'metrics', 'proxies', 'last_state', 'updated_at'],
        ['name'],
      )
      .execute();
    const { createdAt } = await this.rows.findOneByOrFail({ name });
    return { ...cluster, createdAt, updatedAt };
  }

  async noteState(name: ClusterName, lastState: LinkState): Promise<void> {
    await this.rows.update({ name }, { lastState });
  }

  async remove(name: ClusterName): Promise<void> {
    await this.rows.delete({ name });
  }

  private async read(tail: string, values: readonly unknown[]): Promise<readonly ClusterRow[]> {
    const reader = rowReader(this.manager, ClusterRow);
    const text = `select ${reader.columns()} from clusters ${tail}`;
    const rows = await preparedQuery<Raw>(this.manager, text, values);
    return rows.map((row) => reader.fromRow(row));
  }
}

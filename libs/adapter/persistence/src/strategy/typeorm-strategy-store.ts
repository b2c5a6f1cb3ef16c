import type {
  Page,
  PageRequest,
  StrategyRecord,
  StrategyReference,
  StrategyStore,
} from '@spillway/application';
import type { Strategy } from '@spillway/domain-release';
import { strategyName, type Instant, type SourceName, type StrategyName } from '@spillway/kernel';
import type { EntityManager, Repository } from 'typeorm';
import { lockName } from '../advisory-lock.js';
import { canonicalJson } from '@spillway/kernel';
import { isNameKey, keyOfPage, nameKey, nameOrder, toPage } from '../keyset-page.js';
import { toRow, toStrategy } from './strategy-mapping.js';
import { StrategyRow } from './strategy-row.js';
import { referringStrategiesSql } from './strategy-sql.js';

export class TypeOrmStrategyStore implements StrategyStore {
  private readonly rows: Repository<StrategyRow>;

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(StrategyRow);
  }

  async get(name: StrategyName): Promise<StrategyRecord | undefined> {
    const row = await this.newest(name);
    return row === undefined ? undefined : toStrategy(row);
  }

  async getVersion(name: StrategyName, version: number): Promise<StrategyRecord | undefined> {
    const row = await this.rows.findOneBy({ name, version });
    return row === null ? undefined : toStrategy(row);
  }

  async getVersions(references: readonly StrategyReference[]): Promise<readonly StrategyRecord[]> {
    // Without any condition all versions of all strategies would be read.
    if (references.length === 0) return [];
    const where = references.map(({ name, version }) => ({ name, version }));
    return (await this.rows.find({ where })).map(toStrategy);
  }

  async list(page: PageRequest): Promise<Page<StrategyRecord>> {
    const [after] = keyOfPage(page, isNameKey) ?? [];
    const { past, order } = nameOrder(page);
    const newest = this.rows
      .createQueryBuilder('strategy')
      .distinctOn(['strategy.name'])
      .orderBy('strategy.name', order === 'asc' ? 'ASC' : 'DESC')
      .addOrderBy('strategy.version', 'DESC')
      .limit(page.limit + 1);
    if (after !== undefined) newest.where(`strategy.name ${past} :after`, { after });
    return toPage(await newest.getMany(), page, nameKey, toStrategy);
  }

  /** Under a lock, since two that come at once would both make the same version. */
  async put(strategy: Omit<Strategy, 'version'>): Promise<StrategyRecord> {
    await lockName(this.manager, `strategies/${strategy.name}`);
    const before = await this.newest(strategy.name);
    const next = toRow(strategy, (before?.version ?? 0) + 1, this.now);
    if (
      before !== undefined &&
      canonicalJson(before.definition) === canonicalJson(next.definition)
    ) {
      return toStrategy(before);
    }
    await this.rows.insert(next);
    return toStrategy(next);
  }

  async referringTo(source: SourceName): Promise<readonly StrategyName[]> {
    const rows = await this.manager.query<Pick<StrategyRow, 'name'>[]>(referringStrategiesSql, [
      source,
    ]);
    return rows.map(({ name }) => strategyName(name));
  }

  private async newest(name: StrategyName): Promise<StrategyRow | undefined> {
    const order = { version: 'DESC' } as const;
    const [row] = await this.rows.find({ where: { name }, order, take: 1 });
    return row;
  }
}

import {
  auditHash,
  noAuditHash,
  type AuditEntry,
  type AuditFilter,
  type AuditRecord,
  type AuditStore,
  type Page,
  type PageRequest,
} from '@spillway/application';
import {
  IsNull,
  LessThan,
  MoreThan,
  Not,
  type EntityManager,
  type FindOptionsWhere,
  type Repository,
} from 'typeorm';
import { keyAfter, toPage, type Key } from '../keyset-page.js';
import { toEntry, toRecord, toRow } from './audit-mapping.js';
import { AuditRow } from './audit-row.js';

/** Who has it chains; who has it not leaves that to the next, and waits for nobody. */
const tryLock = `select pg_try_advisory_xact_lock(hashtextextended('audit/chain', 0)) as had`;

/** Of what a busy moment left behind: each append chains more than it adds. */
const mostChained = 500;

const isPosition = ([position = '', ...rest]: Key): boolean =>
  /^\d{1,15}$/.test(position) && rest.length === 0;

export class TypeOrmAuditStore implements AuditStore {
  private readonly rows: Repository<AuditRow>;

  constructor(private readonly manager: EntityManager) {
    this.rows = manager.getRepository(AuditRow);
  }

  async append(entry: AuditEntry): Promise<void> {
    await this.rows.insert(toRow(entry));
    await this.chainWhatIsOpen();
  }

  async list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditRecord>> {
    await this.chainWhatIsOpen();
    const [after] = keyAfter(page.cursor, isPosition) ?? [];
    const rows = await this.rows.find({
      where: { ...filter, position: after === undefined ? Not(IsNull()) : LessThan(after) },
      order: { position: 'DESC' },
      take: page.limit + 1,
    });
    return toPage(rows, page, ({ position }) => [position ?? ''], toRecord);
  }

  async chain(after: number, limit: number): Promise<readonly AuditRecord[]> {
    await this.chainWhatIsOpen();
    const where: FindOptionsWhere<AuditRow> = { position: MoreThan(String(after)) };
    const rows = await this.rows.find({ where, order: { position: 'ASC' }, take: limit });
    return rows.map(toRecord);
  }

  /**
   * Transactions end in another order than they began, so a record finds its place when it is
   * seen, not by its id.
   */
  private async chainWhatIsOpen(): Promise<void> {
    const [lock] = await this.manager.query<{ had: boolean }[]>(tryLock);
    if (lock?.had !== true) return;
    const [last] = await this.rows.find({
      where: { position: Not(IsNull()) },
      order: { position: 'DESC' },
      take: 1,
    });
    const open = await this.rows.find({
      where: { position: IsNull() },
      order: { id: 'ASC' },
      take: mostChained,
    });
    let position = Number(last?.position ?? 0);
    let hash = last?.hash ?? noAuditHash;
    for (const row of open) {
      position += 1;
      hash = auditHash(hash, toEntry(row));
      await this.rows.update({ id: row.id }, { position: String(position), hash });
    }
  }
}

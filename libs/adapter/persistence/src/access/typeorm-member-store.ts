import type {
  MemberRecord,
  MemberStore,
  NewMember,
  Page,
  PageRequest,
} from '@spillway/application';
import { laterThan, memberName, type Instant, type MemberName } from '@spillway/kernel';
import { type EntityManager, type Repository } from 'typeorm';
import { byName, nameKey, toPage } from '../keyset-page.js';
import { notifyAccessSql } from './access-channel.js';
import { MemberRow } from './member-row.js';

const toRecord = (row: MemberRow): MemberRecord => ({
  name: memberName(row.name),
  provider: row.provider,
  claims: row.claims,
  grants: row.grants,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

export class TypeOrmMemberStore implements MemberStore {
  private readonly rows: Repository<MemberRow>;

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(MemberRow);
  }

  async get(name: MemberName): Promise<MemberRecord | undefined> {
    const row = await this.rows.findOneBy({ name });
    return row === null ? undefined : toRecord(row);
  }

  async lock(name: MemberName): Promise<MemberRecord | undefined> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await this.rows.findOne({ where: { name }, lock });
    return row === null ? undefined : toRecord(row);
  }

  async list(page: PageRequest): Promise<Page<MemberRecord>> {
    const rows = await this.rows.find(byName(page));
    return toPage(rows, page, nameKey, toRecord);
  }

  async ofProvider(provider: string): Promise<readonly MemberRecord[]> {
    const rows = await this.rows.find({ where: { provider }, order: { name: 'ASC' } });
    return rows.map(toRecord);
  }

  async put(member: NewMember): Promise<MemberRecord> {
    const { now } = this;
    const updatedAt = laterThan((await this.lock(member.name))?.updatedAt, now);
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({
        ...member,
        claims: { ...member.claims },
        grants: [...member.grants],
        createdAt: now,
        updatedAt,
      })
      .orUpdate(['provider', 'claims', 'grants', 'updated_at'], ['name'])
      .execute();
    await this.manager.query(notifyAccessSql);
    return toRecord(await this.rows.findOneByOrFail({ name: member.name }));
  }

  async remove(name: MemberName): Promise<void> {
    await this.rows.delete({ name });
    await this.manager.query(notifyAccessSql);
  }
}

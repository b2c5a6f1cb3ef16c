import type { Page, PageRequest, SecretRecord, SecretStore } from '@spillway/application';
import { laterThan, secretName, type Instant, type SecretName } from '@spillway/kernel';
import { In, type EntityManager, type Repository } from 'typeorm';
import { byName, nameKey, toPage } from '../keyset-page.js';
import type { Sealer } from '../sealer.js';
import { SecretRow } from './secret-row.js';

/** Whoever lists secrets never loads their texts. */
const shown = { name: true, createdAt: true, updatedAt: true } as const;

/** Sealed for it, a text cannot be moved to another name. */
export const placeOf = (name: string): string => `secrets/${name}`;

const toRecord = (row: SecretRow): SecretRecord => ({
  name: secretName(row.name),
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

export class TypeOrmSecretStore implements SecretStore {
  private readonly rows: Repository<SecretRow>;

  constructor(
    manager: EntityManager,
    private readonly now: Instant,
    private readonly sealer: Sealer,
  ) {
    this.rows = manager.getRepository(SecretRow);
  }

  async lock(name: SecretName): Promise<SecretRecord | undefined> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await this.rows.findOne({ select: shown, where: { name }, lock });
    return row === null ? undefined : toRecord(row);
  }

  async put(name: SecretName, text: string): Promise<SecretRecord> {
    const { now } = this;
    const updatedAt = laterThan((await this.lock(name))?.updatedAt, now);
    const sealed = this.sealer.seal(text, placeOf(name));
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({ name, sealed, createdAt: now, updatedAt })
      .orUpdate(['sealed', 'updated_at'], ['name'])
      .execute();
    return toRecord(await this.rows.findOneOrFail({ select: shown, where: { name } }));
  }

  async open(name: SecretName): Promise<string | undefined> {
    const row = await this.rows.findOneBy({ name });
    return row === null ? undefined : this.sealer.open(row.sealed, placeOf(name));
  }

  async getAll(names: readonly SecretName[]): Promise<readonly SecretRecord[]> {
    const where = { name: In([...names]) };
    const rows = await this.rows.find({ select: shown, where, order: { name: 'ASC' } });
    return rows.map(toRecord);
  }

  async list(page: PageRequest): Promise<Page<SecretRecord>> {
    const rows = await this.rows.find({ select: shown, ...byName(page) });
    return toPage(rows, page, nameKey, toRecord);
  }

  async remove(name: SecretName): Promise<void> {
    await this.rows.delete({ name });
  }
}

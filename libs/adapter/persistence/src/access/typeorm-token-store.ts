import type {
  Page,
  PageRequest,
  StoredToken,
  TokenRecord,
  TokenStore,
} from '@spillway/application';
import { tokenName, type Instant, type TokenName } from '@spillway/kernel';
import { type EntityManager, type Repository } from 'typeorm';
import { byName, nameKey, toPage } from '../keyset-page.js';
import { notifyAccessSql } from './access-channel.js';
import { TokenRow } from './token-row.js';

/** A note of use must not make a request wait for whoever rotates the token at this moment. */
const noteUseSql = `
  update tokens set last_used_at = $2 where name in (
    select token.name from tokens as token where token.name = $1 for update skip locked)`;

export class TypeOrmTokenStore implements TokenStore {
  private readonly rows: Repository<TokenRow>;

  constructor(private readonly manager: EntityManager) {
    this.rows = manager.getRepository(TokenRow);
  }

  async get(name: TokenName): Promise<TokenRecord | undefined> {
    const row = await this.rows.findOneBy({ name });
    return row === null ? undefined : toRecord(row);
  }

  async lock(name: TokenName): Promise<StoredToken | undefined> {
    const row = await this.rows.findOne({ where: { name }, lock: { mode: 'pessimistic_write' } });
    return row === null ? undefined : toStored(row);
  }

  async find(hash: string): Promise<StoredToken | undefined> {
    const row = await this.rows.findOne({ where: [{ hash }, { previousHash: hash }] });
    return row === null ? undefined : toStored(row);
  }

  async list(page: PageRequest): Promise<Page<TokenRecord>> {
    const rows = await this.rows.find(byName(page));
    return toPage(rows, page, nameKey, toRecord);
  }

  async put({ hashes, grants, ...token }: StoredToken): Promise<void> {
    const row = {
      ...token,
      grants: [...grants],
      hash: hashes.current,
      previousHash: hashes.previous ?? null,
      expiresAt: token.expiresAt ?? null,
      lastUsedAt: token.lastUsedAt ?? null,
      rotatesUntil: token.rotatesUntil ?? null,
    };
    await this.rows.upsert(row, ['name']);
    await this.manager.query(notifyAccessSql);
  }

  async remove(name: TokenName): Promise<void> {
    await this.rows.delete({ name });
    await this.manager.query(notifyAccessSql);
  }

  async noteUse(name: TokenName, at: Instant): Promise<void> {
    await this.manager.query(noteUseSql, [name, new Date(at)]);
  }
}

const toRecord = (row: TokenRow): TokenRecord => ({
  name: tokenName(row.name),
  prefix: row.prefix,
  grants: row.grants,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
  ...(row.expiresAt === null ? {} : { expiresAt: row.expiresAt }),
  ...(row.lastUsedAt === null ? {} : { lastUsedAt: row.lastUsedAt }),
  ...(row.rotatesUntil === null ? {} : { rotatesUntil: row.rotatesUntil }),
});

const toStored = (row: TokenRow): StoredToken => ({
  ...toRecord(row),
  hashes: {
    current: row.hash,
    ...(row.previousHash === null ? {} : { previous: row.previousHash }),
  },
});

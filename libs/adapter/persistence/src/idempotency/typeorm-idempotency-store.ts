import type { IdempotencyStore, IdempotentOutcome } from '@spillway/application';
import { after, type Instant } from '@spillway/kernel';
import { MoreThan, type EntityManager, type Repository } from 'typeorm';
import { lockName } from '../advisory-lock.js';
import { IdempotencyRow } from './idempotency-row.js';

const KEPT_MS = 24 * 3_600_000;

/** Some at each put, so that none has to wait for many; "skip locked" lets two requests clear up side by side. */
const forgetSome = `
  delete from idempotency_keys where key in (
    select expired.key from idempotency_keys as expired
    where expired.created_at <= $1 limit 100 for update skip locked)`;

export class TypeOrmIdempotencyStore implements IdempotencyStore {
  private readonly rows: Repository<IdempotencyRow>;

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(IdempotencyRow);
  }

  async get(key: string): Promise<IdempotentOutcome | undefined> {
    await lockName(this.manager, `idempotency/${key}`);
    const row = await this.rows.findOneBy({ key, createdAt: MoreThan(after(this.now, -KEPT_MS)) });
    return row === null ? undefined : { fingerprint: row.fingerprint, subject: row.subject };
  }

  async put(key: string, outcome: IdempotentOutcome): Promise<void> {
    await this.manager.query(forgetSome, [new Date(after(this.now, -KEPT_MS))]);
    await this.rows.upsert({ key, ...outcome, createdAt: this.now }, ['key']);
  }
}

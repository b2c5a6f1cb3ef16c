import type { IdempotencyStore, IdempotentOutcome } from '@spillway/application';
import { after, type Instant } from '@spillway/kernel';
import { MoreThan, type EntityManager, type Repository } from 'typeorm';
import { lockName } from '../advisory-lock.js';
import type { Sealer } from '../sealer.js';
import { IdempotencyRow } from './idempotency-row.js';

const KEPT_MS = 24 * 3_600_000;

/** Some at each put, so that none has to wait for many; "skip locked" lets two requests clear up side by side. */
const forgetSome = `
  delete from idempotency_keys where key in (
    select expired.key from idempotency_keys as expired
    where expired.created_at <= $1 limit 100 for update skip locked)`;

/** An answer cannot be moved to another key. */
const placeOf = (key: string): string => `idempotency_keys/${key}`;

export class TypeOrmIdempotencyStore implements IdempotencyStore {
  private readonly rows: Repository<IdempotencyRow>;

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Instant,
    private readonly sealer: Sealer,
  ) {
    this.rows = manager.getRepository(IdempotencyRow);
  }

  async get(key: string): Promise<IdempotentOutcome | undefined> {
    await lockName(this.manager, `idempotency/${key}`);
    const row = await this.rows.findOneBy({ key, createdAt: MoreThan(after(this.now, -KEPT_MS)) });
    if (row?.answer === null || row === null) return undefined;
    return {
      fingerprint: this.fingerprintOf(row),
      answer: this.sealer.open(row.answer, placeOf(key)),
    };
  }

  async put(key: string, outcome: IdempotentOutcome): Promise<void> {
    await this.manager.query(forgetSome, [new Date(after(this.now, -KEPT_MS))]);
    const fingerprint = this.sealer.seal(outcome.fingerprint, `${placeOf(key)}/fingerprint`);
    const answer = this.sealer.seal(outcome.answer, placeOf(key));
    await this.rows.upsert({ key, fingerprint, answer, createdAt: this.now }, ['key']);
  }

  /** Plain, without a dot, where a process of an earlier version put it. */
  private fingerprintOf({ key, fingerprint }: IdempotencyRow): string {
    return fingerprint.includes('.')
      ? this.sealer.open(fingerprint, `${placeOf(key)}/fingerprint`)
      : fingerprint;
  }
}

import type { IdempotencyStore, IdempotentOutcome } from '../../port/idempotency-store.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';

export class InMemoryIdempotencyStore implements IdempotencyStore {
  constructor(private readonly draft: Draft) {}

  get(key: string): Promise<IdempotentOutcome | undefined> {
    return Promise.resolve(this.draft.tables.idempotency.get(key));
  }

  put(key: string, outcome: IdempotentOutcome): Promise<void> {
    this.draft.tables.idempotency.set(key, kept(outcome));
    return Promise.resolve();
  }
}

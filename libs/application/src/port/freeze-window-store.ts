import type { FreezeWindow } from '@spillway/domain-freeze';
import type { Instant } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

export interface FreezeWindowRecord extends FreezeWindow {
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface FreezeWindowStore {
  get(name: string): Promise<FreezeWindowRecord | undefined>;
  /** Like `get`, and no other transaction can lock, put or remove it until this one ends. */
  lock(name: string): Promise<FreezeWindowRecord | undefined>;
  /** In the order of their names. Read whenever a release is looked at: keep them few. */
  all(): Promise<readonly FreezeWindowRecord[]>;
  /** In the order of their names. */
  list(page: PageRequest): Promise<Page<FreezeWindowRecord>>;
  /** Adds it, or replaces the one of that name. */
  put(window: FreezeWindow): Promise<FreezeWindowRecord>;
  /** No effect when it is not there. */
  remove(name: string): Promise<void>;
}

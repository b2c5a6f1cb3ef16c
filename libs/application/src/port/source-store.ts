import type { Instant, SecretName, SourceName } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';
import type { SourceConnection } from './source-connection.js';

/** A metrics backend beside the clusters' own. */
export interface SourceRecord {
  readonly name: SourceName;
  readonly connection: SourceConnection;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type NewSource = Pick<SourceRecord, 'name' | 'connection'>;

export interface SourceStore {
  get(name: SourceName): Promise<SourceRecord | undefined>;
  /** Like `get`, and no other transaction can keep, lock, put or remove it until this one ends. */
  lock(name: SourceName): Promise<SourceRecord | undefined>;
  /** Which of these exist; they are neither locked nor removed until the transaction ends. */
  keep(names: readonly SourceName[]): Promise<ReadonlySet<SourceName>>;
  /** In the order of their names. */
  list(page: PageRequest): Promise<Page<SourceRecord>>;
  /**
   * Adds it, or replaces the one of that name; what is put later has the later
   * `updatedAt`. The secrets that it refers to must exist.
   */
  put(source: NewSource): Promise<SourceRecord>;
  /** No effect when it is not there. Not while a query names it: `lock` it and ask who refers to it first. */
  remove(name: SourceName): Promise<void>;
  /** Sources that need this secret, in the order of their names. */
  referringTo(secret: SecretName): Promise<readonly SourceName[]>;
}

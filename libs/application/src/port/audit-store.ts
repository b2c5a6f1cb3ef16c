import type { Instant } from '@spillway/kernel';
import type { Origin } from '../access/caller.js';
import type { Page, PageRequest } from './page.js';

/** One change: who made it, from where, and what of. */
export interface AuditEntry {
  readonly at: Instant;
  readonly actor: string;
  readonly origin: Origin;
  /** The use case, as `operations` calls it. */
  readonly operation: string;
  /** What was changed: `service shop/catalog`, `release 4a71…`. */
  readonly subject: string;
  /** Digest of it before and after. Absent where there was nothing, or nothing is left. */
  readonly before?: string;
  readonly after?: string;
}

/** An entry in its place in the chain. */
export interface AuditRecord extends AuditEntry {
  /** From 1, without gaps, in the order in which they were chained. */
  readonly sequence: number;
  /** SHA-256, hex, of the previous hash and this entry's canonical JSON. The first has 64 zeros before it. */
  readonly hash: string;
}

export interface AuditFilter {
  readonly actor?: string;
  readonly operation?: string;
  readonly subject?: string;
}

/** What was changed, append-only and chained: a record that is altered, missing or moved is found. */
export interface AuditStore {
  /**
   * Waits for nobody, so that no change waits for another. An entry finds its place when no
   * other transaction is just chaining: at once, or else with the next that is appended or read.
   */
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditRecord>>;
  /** In their order, after the given sequence number (0 = from the first). */
  chain(after: number, limit: number): Promise<readonly AuditRecord[]>;
}

import type { Grant } from '@spillway/domain-access';
import type { Instant, TokenName } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** A token of a script or a machine. Its text is nowhere: only what it is recognised by. */
export interface TokenRecord {
  readonly name: TokenName;
  /** What it begins with, so that people know it when they find one. */
  readonly prefix: string;
  readonly grants: readonly Grant[];
  readonly createdBy: string;
  readonly createdAt: Instant;
  /** Absent: until it is revoked. */
  readonly expiresAt?: Instant;
  /** To the minute. */
  readonly lastUsedAt?: Instant;
  /** The text before the last rotation is good until then. */
  readonly rotatesUntil?: Instant;
}

/** What a token is recognised by: SHA-256, hex, of its whole text. */
export interface TokenHashes {
  readonly current: string;
  readonly previous?: string;
}

export interface StoredToken extends TokenRecord {
  readonly hashes: TokenHashes;
}

export interface TokenStore {
  get(name: TokenName): Promise<TokenRecord | undefined>;
  /** Like `get`, and nobody else can change it until the transaction ends. */
  lock(name: TokenName): Promise<StoredToken | undefined>;
  /** By the hash of a text that was sent, whether it is the current one or the one before. */
  find(hash: string): Promise<StoredToken | undefined>;
  /** By name. */
  list(page: PageRequest): Promise<Page<TokenRecord>>;
  /** Adds it or replaces it. Every process knows of it when the transaction commits. */
  put(token: StoredToken): Promise<void>;
  /** Every process knows of it when the transaction commits. */
  remove(name: TokenName): Promise<void>;
  /** Waits for nobody: when somebody else notes it at the same moment, nothing is noted. */
  noteUse(name: TokenName, at: Instant): Promise<void>;
}

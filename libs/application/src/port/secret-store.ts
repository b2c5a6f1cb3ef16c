import type { Instant, SecretName } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** What may be known of a secret without opening it. */
export interface SecretRecord {
  readonly name: SecretName;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Texts that are stored encrypted, each for its name. */
export interface SecretStore {
  /** What is known of it, and no other transaction can lock, put or remove it until this one ends. */
  lock(name: SecretName): Promise<SecretRecord | undefined>;
  /** Adds it, or replaces the text of that name. */
  put(name: SecretName, text: string): Promise<SecretRecord>;
  /** Throws `INVALID_CONFIGURATION` when another key sealed it. */
  open(name: SecretName): Promise<string | undefined>;
  /** Those that exist among `names`, in the order of their names. Opens none. */
  getAll(names: readonly SecretName[]): Promise<readonly SecretRecord[]>;
  /** In the order of their names. Opens none. */
  list(page: PageRequest): Promise<Page<SecretRecord>>;
  /** No effect when it is not there. Not while a source refers to it: ask `sources.referringTo` first. */
  remove(name: SecretName): Promise<void>;
}

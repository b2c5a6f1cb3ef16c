import { laterThan, type SecretName } from '@spillway/kernel';
import type { Page, PageRequest } from '../../port/page.js';
import type { SecretRecord, SecretStore } from '../../port/secret-store.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ name }: SecretRecord): string => name;

/** Seals nothing: what is in it is gone with the process. */
export class InMemorySecretStore implements SecretStore {
  constructor(private readonly draft: Draft) {}

  /** Transactions run one after another: each has every lock. */
  lock(name: SecretName): Promise<SecretRecord | undefined> {
    return Promise.resolve(this.draft.tables.secrets.get(name)?.record);
  }

  put(name: SecretName, text: string): Promise<SecretRecord> {
    const { tables, now } = this.draft;
    const before = tables.secrets.get(name)?.record;
    const updatedAt = laterThan(before?.updatedAt, now);
    const record = { name, createdAt: before?.createdAt ?? now, updatedAt };
    const stored = kept({ record, text });
    tables.secrets.set(name, stored);
    return Promise.resolve(stored.record);
  }

  open(name: SecretName): Promise<string | undefined> {
    return Promise.resolve(this.draft.tables.secrets.get(name)?.text);
  }

  getAll(names: readonly SecretName[]): Promise<readonly SecretRecord[]> {
    return Promise.resolve(this.sorted().filter(({ name }) => names.includes(name)));
  }

  list(page: PageRequest): Promise<Page<SecretRecord>> {
    return Promise.resolve(pageOf(this.sorted(), page, nameOf));
  }

  remove(name: SecretName): Promise<void> {
    this.draft.tables.secrets.delete(name);
    return Promise.resolve();
  }

  private sorted(): readonly SecretRecord[] {
    const records = [...this.draft.tables.secrets.values()].map(({ record }) => record);
    return records.sort(byText(nameOf));
  }
}

import { laterThan, type SecretName, type SourceName } from '@spillway/kernel';
import type { Page, PageRequest } from '../../port/page.js';
import { secretRefs } from '../../port/secret-refs.js';
import type { NewSource, SourceRecord, SourceStore } from '../../port/source-store.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ name }: SourceRecord): string => name;

export class InMemorySourceStore implements SourceStore {
  constructor(private readonly draft: Draft) {}

  get(name: SourceName): Promise<SourceRecord | undefined> {
    return Promise.resolve(this.draft.tables.sources.get(name));
  }

  /** Transactions run one after another: each has every lock. */
  lock(name: SourceName): Promise<SourceRecord | undefined> {
    return this.get(name);
  }

  keep(names: readonly SourceName[]): Promise<ReadonlySet<SourceName>> {
    return Promise.resolve(new Set(names.filter((name) => this.draft.tables.sources.has(name))));
  }

  list(page: PageRequest): Promise<Page<SourceRecord>> {
    return Promise.resolve(pageOf(this.sorted(), page, nameOf));
  }

  put(source: NewSource): Promise<SourceRecord> {
    const { tables, now } = this.draft;
    const before = tables.sources.get(source.name);
    const updatedAt = laterThan(before?.updatedAt, now);
    const record = kept({ ...source, createdAt: before?.createdAt ?? now, updatedAt });
    tables.sources.set(source.name, record);
    return Promise.resolve(record);
  }

  remove(name: SourceName): Promise<void> {
    this.draft.tables.sources.delete(name);
    return Promise.resolve();
  }

  referringTo(secret: SecretName): Promise<readonly SourceName[]> {
    const referring = this.sorted().filter(({ connection }) =>
      secretRefs(connection).some((use) => use.secret === secret),
    );
    return Promise.resolve(referring.map(({ name }) => name));
  }

  private sorted(): readonly SourceRecord[] {
    return [...this.draft.tables.sources.values()].sort(byText(nameOf));
  }
}

import { sourcesOfStrategy, type Strategy } from '@spillway/domain-release';
import type { SourceName, StrategyName } from '@spillway/kernel';
import type { Page, PageRequest } from '../../port/page.js';
import type {
  StrategyRecord,
  StrategyReference,
  StrategyStore,
} from '../../port/strategy-store.js';
import { canonicalJson } from '../contract/event-hash.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ name }: StrategyRecord): string => name;

const hasContent = (record: StrategyRecord, content: Omit<Strategy, 'version'>): boolean => {
  const { version: _version, createdAt: _createdAt, ...stored } = record;
  return canonicalJson(stored) === canonicalJson(content);
};

export class InMemoryStrategyStore implements StrategyStore {
  constructor(private readonly draft: Draft) {}

  get(name: StrategyName): Promise<StrategyRecord | undefined> {
    return Promise.resolve(this.versions(name).at(-1));
  }

  getVersion(name: StrategyName, version: number): Promise<StrategyRecord | undefined> {
    return Promise.resolve(this.versions(name).find((record) => record.version === version));
  }

  async getVersions(references: readonly StrategyReference[]): Promise<readonly StrategyRecord[]> {
    const found = references.map(({ name, version }) => this.getVersion(name, version));
    return (await Promise.all(found)).filter((record) => record !== undefined);
  }

  list(page: PageRequest): Promise<Page<StrategyRecord>> {
    return Promise.resolve(pageOf(this.newest(), page, nameOf));
  }

  put(strategy: Omit<Strategy, 'version'>): Promise<StrategyRecord> {
    const { tables, now } = this.draft;
    const before = this.versions(strategy.name);
    const newest = before.at(-1);
    if (newest !== undefined && hasContent(newest, strategy)) return Promise.resolve(newest);
    const record = kept({ ...strategy, version: before.length + 1, createdAt: now });
    tables.strategies.set(strategy.name, [...before, record]);
    return Promise.resolve(record);
  }

  referringTo(source: SourceName): Promise<readonly StrategyName[]> {
    const referring = this.newest().filter((strategy) =>
      sourcesOfStrategy(strategy).some((use) => use.source === source),
    );
    return Promise.resolve(referring.map(({ name }) => name));
  }

  private newest(): readonly StrategyRecord[] {
    const newest = [...this.draft.tables.strategies.values()].flatMap((all) => all.slice(-1));
    return newest.sort(byText(nameOf));
  }

  private versions(name: StrategyName): readonly StrategyRecord[] {
    return this.draft.tables.strategies.get(name) ?? [];
  }
}

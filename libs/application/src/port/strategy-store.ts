import type { Strategy } from '@spillway/domain-release';
import type { Instant, SourceName, StrategyName } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

export interface StrategyRecord extends Strategy {
  readonly createdAt: Instant;
}

export interface StrategyStore {
  /** The newest version. */
  get(name: StrategyName): Promise<StrategyRecord | undefined>;
  getVersion(name: StrategyName, version: number): Promise<StrategyRecord | undefined>;
  /** The newest version of each, in the order of their names. */
  list(page: PageRequest): Promise<Page<StrategyRecord>>;
  /** Keeps the old versions. The same content as the newest version adds nothing and returns that. */
  put(strategy: Omit<Strategy, 'version'>): Promise<StrategyRecord>;
  /** Those whose newest version asks this source, in the order of their names. */
  referringTo(source: SourceName): Promise<readonly StrategyName[]>;
}

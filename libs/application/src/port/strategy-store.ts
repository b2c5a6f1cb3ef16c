import type { Strategy } from '@spillway/domain-release';
import type { Instant, SourceName, StrategyName } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

export interface StrategyRecord extends Strategy {
  readonly createdAt: Instant;
}

/** One version of a strategy. */
export type StrategyReference = Pick<Strategy, 'name' | 'version'>;

export interface StrategyStore {
  /** The newest version. */
  get(name: StrategyName): Promise<StrategyRecord | undefined>;
  getVersion(name: StrategyName, version: number): Promise<StrategyRecord | undefined>;
  /** Those that exist among these versions, in no order. */
  getVersions(references: readonly StrategyReference[]): Promise<readonly StrategyRecord[]>;
  /** The newest version of each, in the order of their names. */
  list(page: PageRequest): Promise<Page<StrategyRecord>>;
  /** Keeps the old versions. The same content as the newest version adds nothing and returns that. */
  put(strategy: Omit<Strategy, 'version'>): Promise<StrategyRecord>;
  /** Those whose newest version asks this source, in the order of their names. */
  referringTo(source: SourceName): Promise<readonly StrategyName[]>;
}

import type { StrategyRecord } from '@spillway/application';
import type { Strategy } from '@spillway/domain-release';
import { strategyName, type Instant } from '@spillway/kernel';
import type { StrategyRow } from './strategy-row.js';

export function toRow(
  { name, ...definition }: Omit<Strategy, 'version'>,
  version: number,
  createdAt: Instant,
): StrategyRow {
  return { name, version, definition, createdAt };
}

export const toStrategy = (row: StrategyRow): StrategyRecord => ({
  ...row.definition,
  name: strategyName(row.name),
  version: row.version,
  createdAt: row.createdAt,
});

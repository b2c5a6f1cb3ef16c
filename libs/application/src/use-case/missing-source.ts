import { sourcesOfStrategy, type SourceUse, type StrategyDraft } from '@spillway/domain-release';
import type { Tx } from '../port/unit-of-work.js';

/**
 * The first source that a strategy asks and that is not there: it would give errors instead of
 * measurements. Those that are there stay until the transaction ends.
 */
export async function missingSource(
  tx: Tx,
  strategy: Pick<StrategyDraft, 'metrics' | 'steps'>,
): Promise<SourceUse | undefined> {
  const uses = sourcesOfStrategy(strategy);
  if (uses.length === 0) return undefined;
  const known = await tx.sources.keep(uses.map(({ source }) => source));
  return uses.find(({ source }) => !known.has(source));
}

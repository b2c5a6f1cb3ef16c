import type { Plan } from '@spillway/domain-release';
import { LRUCache } from 'lru-cache';

/** By their texts, of which a process keeps at most 4 MB. */
const known = new LRUCache<string, Plan>({
  maxSize: 4_000_000,
  sizeCalculation: (_, text) => text.length,
});

/**
 * The plan of a text. Releases by one strategy have mostly the same, and it never changes: a page of
 * them takes its plan apart once, shares it, and nobody can change it for the others.
 */
export function planOf(text: string): Plan {
  const shared = known.get(text);
  if (shared !== undefined) return shared;
  const plan = JSON.parse(text, (_, part: unknown) => Object.freeze(part)) as Plan;
  known.set(text, plan);
  return plan;
}

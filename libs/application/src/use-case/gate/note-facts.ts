import {
  evolve,
  type Release,
  type ReleaseEvent,
  type ReleaseFact,
} from '@spillway/domain-release';
import { record } from '../../loop/reconcile.js';
import type { Tx } from '../../port/unit-of-work.js';

/** Records what somebody said of a release, with the work that follows from it, and looks at it at once. */
export async function noteFacts(
  tx: Tx,
  release: Release,
  facts: readonly ReleaseFact[],
  said: { readonly because: string; readonly actor: string },
): Promise<Release> {
  const events: readonly ReleaseEvent[] = facts.map((fact) => ({ ...fact, ...said, at: tx.now }));
  const next = events.reduce(evolve, release);
  await record(tx, { release: next, events });
  await tx.jobs.enqueue({ kind: 'reconcile', release: next.id });
  return next;
}

import {
  dueHooks,
  isFinal,
  isTold,
  type Advance,
  type HookAnswer,
  type Release,
} from '@spillway/domain-release';
import type { Tx } from '../../port/unit-of-work.js';

/** Those that are to be asked next. Only queued here: nobody who decides waits for an answer. */
export async function queueAsked(
  tx: Tx,
  { release, wait }: Advance,
  answers: readonly HookAnswer[],
): Promise<void> {
  if (isFinal(release.phase)) return;
  for (const { hook, at } of dueHooks(release, answers, wait, tx.now)) {
    await tx.jobs.enqueue({ kind: 'hook', release: release.id, hook: hook.name }, at);
  }
}

/** Those that want to hear of what happened to a release, or of its end. */
export async function queueTold(tx: Tx, { id, plan, phase }: Release): Promise<void> {
  const told = (plan.hooks ?? []).filter(isTold);
  for (const { name, point } of told) {
    if (point === 'event' || isFinal(phase)) {
      await tx.jobs.enqueue({ kind: 'hook', release: id, hook: name });
    }
  }
}

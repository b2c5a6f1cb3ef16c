import {
  answerOf,
  isFinal,
  isOpen,
  mayBeAsked,
  nextCall,
  slotOf,
  type Hook,
  type Release,
  type ReleaseEvent,
} from '@spillway/domain-release';
import type { Instant } from '@spillway/kernel';
import type { HookCall } from '../../port/hook-call-store.js';
import type { Tx } from '../../port/unit-of-work.js';

/** What a hook is to be asked, or told, next. */
export type Question =
  | { readonly kind: 'none' }
  | { readonly kind: 'later'; readonly at: Instant }
  | { readonly kind: 'now'; readonly slot: string; readonly event?: ReleaseEvent };

const none = { kind: 'none' } as const;

/** `last` is the last call that is over. */
export async function nextQuestion(
  tx: Tx,
  release: Release,
  hook: Hook,
  last: HookCall | undefined,
): Promise<Question> {
  if (hook.point === 'event') return nextEvent(tx, release, last);
  if (hook.point !== 'post-rollout') return nextAsked(tx, release, hook);
  return isFinal(release.phase) && last === undefined ? { kind: 'now', slot: 'end' } : none;
}

/** One after the other, in their order. */
async function nextEvent(tx: Tx, { id }: Release, last: HookCall | undefined): Promise<Question> {
  const told = Number(last?.slot.slice(1) ?? 0);
  const [next] = await tx.releases.events(id, told, 1);
  return next === undefined ? none : { kind: 'now', slot: `e${next.sequence}`, event: next.event };
}

async function nextAsked(tx: Tx, release: Release, hook: Hook): Promise<Question> {
  if (!mayBeAsked(hook, release)) return none;
  const answers = await tx.hookCalls.answers(release.id);
  const isPolled = hook.point === 'rollout' || hook.point === 'rollback';
  if (!isPolled && isOpen(hook, answerOf(hook, release, answers), tx.now)) return none;
  const at = nextCall(hook, release, answers, tx.now);
  return at > tx.now ? { kind: 'later', at } : { kind: 'now', slot: slotOf(hook, release) };
}

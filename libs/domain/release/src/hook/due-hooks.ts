import { after, instant, type Instant } from '@spillway/kernel';
import type { Decision } from '../decision.js';
import type { HoldReason } from '../hold.js';
import type { Release } from '../release.js';
import type { Hook, HookAnswer } from './hook.js';
import { polledHooks } from './hook-harm.js';
import { answerOf } from './hook-slot.js';

/** A call that is to be made. */
export interface DueHook {
  readonly hook: Hook;
  readonly at: Instant;
}

/** The hooks that are to be asked next, and when: those in the way, and those asked all the time. */
export function dueHooks(
  release: Release,
  answers: readonly HookAnswer[],
  waiting: Decision,
  now: Instant,
): readonly DueHook[] {
  const asked = askedBy(release, waiting);
  const polled = polledHooks(release);
  const all = (release.plan.hooks ?? []).filter(
    (hook) => hook.name === asked || polled.includes(hook),
  );
  return all.map((hook) => ({
    hook,
    at: nextCall(hook, release, answers, now),
  }));
}

function askedBy({ held }: Release, waiting: Decision): string | undefined {
  if (waiting.kind === 'wait' && waiting.asks !== undefined) return waiting.asks;
  return held === undefined ? undefined : hookOf(held.reason);
}

const hookOf = (reason: HoldReason): string | undefined =>
  'hook' in reason ? reason.hook : undefined;

/** When a hook may be asked again; at once where it was not asked this before. */
export function nextCall(
  hook: Hook,
  release: Release,
  answers: readonly HookAnswer[],
  now: Instant,
): Instant {
  const last = answerOf(hook, release, answers);
  return last === undefined ? now : instant(Math.max(now, after(last.at, hook.interval)));
}

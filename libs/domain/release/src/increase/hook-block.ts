import { EVERYTHING } from '@spillway/kernel';
import type { Decision } from '../decision.js';
import { isAnywhere } from '../hook/hook-harm.js';
import { answerOf, failuresOf, isOpen } from '../hook/hook-slot.js';
import type { Hook, HookAnswer } from '../hook/hook.js';
import type { Held } from '../hold.js';
import type { Release } from '../release.js';
import type { Increase, IncreaseBlock } from './increase.js';

/**
 * Hooks that have not agreed to the candidate getting more. One is asked after the other, in their
 * order in the strategy, so nobody is asked before those in front of it agree.
 */
export const hookBlock: IncreaseBlock = (release, seen, increase, now) => {
  const answers = seen.hookAnswers ?? [];
  for (const hook of release.plan.hooks ?? []) {
    if (!hasSay(hook, release, increase)) continue;
    const answer = answerOf(hook, release, answers);
    const isInTheWay = hook.point === 'rollback' ? answer?.outcome === 'unanswered' : true;
    if (isInTheWay && !isOpen(hook, answer, now)) return blockBy(hook, answer, increase, answers);
  }
  return undefined;
};

/** Whether this hook is to agree to this increase. */
function hasSay({ point }: Hook, release: Release, { step }: Increase): boolean {
  switch (point) {
    case 'confirm-rollout':
    case 'pre-rollout':
      return !isAnywhere(release);
    case 'rollout':
      return isAnywhere(release);
    case 'confirm-promotion':
      return step.kind === 'setWeight' && step.weight === EVERYTHING;
    case 'confirm-traffic-increase':
    case 'rollback':
      return true;
    case 'post-rollout':
    case 'event':
      return false;
  }
}

function blockBy(
  hook: Hook,
  answer: HookAnswer | undefined,
  { clusters }: Increase,
  answers: readonly HookAnswer[],
): Decision | Held {
  const { name, point } = hook;
  const who = `hook "${name}" (${point})`;
  if (answer === undefined || answer.outcome === 'open') {
    return { kind: 'wait', because: `waits for the answer of ${who}`, asks: name };
  }
  const kind = answer.outcome === 'closed' ? 'hookClosed' : 'hookUnanswered';
  const detail = `${who}: ${answer.detail}${counted(hook, answers)}`;
  return { hold: { kind, hook: name, clusters, detail } };
}

function counted(hook: Hook, answers: readonly HookAnswer[]): string {
  if (hook.point !== 'rollout' && hook.point !== 'pre-rollout') return '';
  return `; ${failuresOf(hook, answers)} of ${hook.failureLimit} calls that may fail`;
}

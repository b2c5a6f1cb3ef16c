import { isExposed } from '@spillway/domain-traffic';
import type { Observation } from '../observation.js';
import { isFinal } from '../phase.js';
import { runningPhase, type Release } from '../release.js';
import type { Hook } from './hook.js';
import { answerOf, failuresOf } from './hook-slot.js';

/**
 * Why hooks want the release rolled back. Needs no answer of anybody who is down: only what was
 * answered counts, and who does not answer rolls nothing back.
 */
export function hookHarm(release: Release, { hookAnswers = [] }: Observation): string | undefined {
  for (const hook of release.plan.hooks ?? []) {
    const asked = askedToRollBack(hook, release, hookAnswers) ?? failedTooOften(hook, hookAnswers);
    if (asked !== undefined) return asked;
  }
  return undefined;
}

type Answers = NonNullable<Observation['hookAnswers']>;

function askedToRollBack(hook: Hook, release: Release, answers: Answers): string | undefined {
  if (hook.point !== 'rollback') return undefined;
  const answer = answerOf(hook, release, answers);
  return answer?.outcome === 'open'
    ? `hook "${hook.name}" asks for a rollback: ${answer.detail}`
    : undefined;
}

function failedTooOften(hook: Hook, answers: Answers): string | undefined {
  if (hook.point !== 'rollout' && hook.point !== 'pre-rollout') return undefined;
  const failures = failuresOf(hook, answers);
  if (failures <= hook.failureLimit) return undefined;
  const last = answers.findLast((one) => one.hook === hook.name && one.outcome === 'closed');
  return `hook "${hook.name}" failed ${timesOf(failures)}, and ${hook.failureLimit} may: ${last?.detail}`;
}

const timesOf = (n: number): string => (n === 1 ? 'once' : `${n} times`);

/** Whether the candidate sees requests in any cluster, or was told to. */
export const isAnywhere = ({ rollouts }: Release): boolean =>
  rollouts.some(({ desired }) => isExposed(desired));

/** It has not written anything, or takes everything back, or is over. */
const isUnaskable = (release: Release): boolean => {
  const phase = runningPhase(release);
  return ['queued', 'pending', 'rollingBack'].includes(phase) || isFinal(phase);
};

/** Hooks that are asked again and again in the state that the release is in. */
export const polledHooks = (release: Release): readonly Hook[] =>
  (release.plan.hooks ?? []).filter(({ point }) => {
    if (isUnaskable(release)) return false;
    if (point === 'rollback') return true;
    // A pause is no time in which anything is judged.
    return point === 'rollout' && release.phase !== 'paused' && isAnywhere(release);
  });

/** Whether an answer of this hook could still matter to the release as it is. */
export const mayBeAsked = (hook: Hook, release: Release): boolean =>
  polledHooks(release).includes(hook) ||
  (!['rollback', 'rollout', 'post-rollout', 'event'].includes(hook.point) &&
    release.phase !== 'paused' &&
    !isUnaskable(release));

import type { Release } from '../release.js';
import type { Hook, HookAnswer, HookPoint } from './hook.js';

/** An open answer to an increase is asked for again after so long: other gates may have taken hours. */
const goodFor = 300_000;

/** These are asked until they agree once. */
const askedOnce: ReadonlySet<HookPoint> = new Set(['confirm-rollout', 'pre-rollout']);

/**
 * To what a hook answers: `once` for the whole release, `g7` for what the candidate has in
 * generation 7. An answer to one thing is none to the next, so nothing is passed on yesterday's word.
 */
export const slotOf = ({ point }: Hook, { generation }: Release): string =>
  askedOnce.has(point) || point === 'rollback' ? 'once' : `g${generation}`;

/** What it answered last to what it is asked now. */
export const answerOf = (
  hook: Hook,
  release: Release,
  answers: readonly HookAnswer[],
): HookAnswer | undefined => {
  const slot = slotOf(hook, release);
  return answers
    .filter((one) => one.hook === hook.name && one.slot === slot)
    .toSorted((a, b) => a.at - b.at)
    .at(-1);
};

/** Whether it agreed, and not too long ago. */
export const isOpen = ({ point }: Hook, answer: HookAnswer | undefined, now: number): boolean =>
  answer?.outcome === 'open' && (askedOnce.has(point) || now < answer.at + goodFor);

/** Calls that failed, over the whole release: what passed in between takes none back. */
export const failuresOf = ({ name }: Hook, answers: readonly HookAnswer[]): number =>
  answers
    .filter(({ hook, outcome }) => hook === name && outcome === 'closed')
    .reduce((sum, { times }) => sum + times, 0);

import type { Refusal } from '@spillway/kernel';
import type { Step } from '../plan.js';
import type { Release } from '../release.js';
import { notToBePassed, unexplained } from './refusals.js';

const measuring: ReadonlySet<Step['kind']> = new Set(['bake', 'analyze']);
const waiting: ReadonlySet<Step['kind']> = new Set([...measuring, 'pause']);

/** Steps that may be taken as done without what they wait for. Gates are not among them. */
export const isPassable = ({ kind }: Step): boolean => waiting.has(kind);

/** On the way to a step that somebody named, what waits before it is taken as done. */
export const isOnTheWay = ({ skipTo = 0, cursor }: Release, step: Step): boolean =>
  cursor.index < skipTo && isPassable(step);

/** Approvals and openings of a gate that is behind the release stay. */
const isClosed = ({ passedGates = [] }: Release, step: Step): boolean =>
  step.kind === 'gate' &&
  !passedGates.some(({ gate, wave }) => gate === step.name && wave === step.wave);

/** Why the steps from the present one up to another must not be passed over. */
export function refusePassing(release: Release, to: number, comment: string): Refusal | undefined {
  for (let index = release.cursor.index; index < to; index += 1) {
    const step = release.plan.steps[index];
    if (step === undefined) continue;
    if (isClosed(release, step)) return notToBePassed(release, index);
    if (measuring.has(step.kind) && comment === '') return unexplained(release, index);
  }
  return undefined;
}

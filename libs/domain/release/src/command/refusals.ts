import { refusal, type Refusal } from '@spillway/kernel';
import { describeStep } from '../describe-step.js';
import type { Step } from '../plan.js';
import type { Release } from '../release.js';
import { possibilityOf, releaseVerbs, type ReleaseVerb } from './possibility.js';

/** `Release 6f… is pending (…), so it cannot pause.` */
export function notPossible(release: Release, verb: ReleaseVerb): Refusal {
  const { id, phase, because } = release;
  const possible = releaseVerbs.filter((other) => possibilityOf(release, other) === 'possible');
  return refusal(
    'NOT_POSSIBLE_IN_PHASE',
    `Release ${id} is ${phase} (${because}), so it cannot ${verb}.`,
    possible.length === 0
      ? 'Nothing can be done to it any more; start a new release.'
      : `What can be done now: ${possible.join(', ')}.`,
  );
}

export const noSuchStep = ({ id, plan }: Release, step: number): Refusal =>
  refusal(
    'INVALID_INPUT',
    `Release ${id} has no step of index ${step}.`,
    `Name an index of 0 to ${plan.steps.length - 1}; "spillway release get ${id}" lists the steps.`,
    'step',
  );

export const notYetThere = ({ id, cursor }: Release, step: number): Refusal =>
  refusal(
    'STEP_NOT_REACHED',
    `Release ${id} is at the step of index ${cursor.index} and has not come to that of ${step}.`,
    `Skip ${cursor.index} first, or jump to ${step + 1}.`,
    'step',
  );

/** What judges the candidate is passed over only by somebody who says why. */
export const unexplained = (release: Release, index: number): Refusal =>
  refusal(
    'REASON_REQUIRED',
    `Step ${named(release, index)} judges the candidate, and would be passed over.`,
    'Say why in the comment.',
    'comment',
  );

/** Approvals and other people's answers are not ours to give. */
export const notToBePassed = (release: Release, index: number): Refusal =>
  refusal(
    'STEP_NOT_SKIPPABLE',
    `Step ${named(release, index)} is a gate, and nobody passes over one.`,
    'Have it opened or approved, or abort the release.',
    'step',
  );

const named = ({ plan }: Release, index: number): string =>
  `${index + 1} of ${plan.steps.length} (index ${index}, ${describeStep(plan.steps[index] as Step)})`;

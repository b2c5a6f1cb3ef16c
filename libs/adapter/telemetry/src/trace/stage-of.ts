import { describeStep, interruptedPhase, type Release } from '@spillway/domain-release';
import { rootKey, type OpenSpan } from './open-span.js';

const ofTheRelease = { within: rootKey, failsBy: 'rollbackStarted' } as const;

/** The part of its life that a release is in; there is one at most. A hold is in the midst of one, a pause between two. */
export function stageOf(release: Release): OpenSpan | undefined {
  switch (interruptedPhase(release)) {
    case 'preparing':
      return { key: 'prepare', name: 'prepare', attributes: {}, ...ofTheRelease };
    case 'progressing':
    case 'awaitingApproval':
      return stepOf(release);
    case 'promoting':
      return { key: 'promote', name: 'promote', attributes: {}, ...ofTheRelease };
    case 'baking':
      return release.paused === undefined ? lastBakeOf(release) : undefined;
    case 'rollingBack':
      return { key: 'roll back', name: 'roll back', attributes: {}, within: rootKey };
    default:
      return undefined;
  }
}

const lastBakeOf = ({ cursor }: Release): OpenSpan => ({
  key: `bake ${cursor.enteredAt}`,
  name: 'bake after promotion',
  attributes: {},
  ...ofTheRelease,
});

/** What is measured counts anew after a pause, so the step is another span then. */
function stepOf({ plan, cursor, paused }: Release): OpenSpan | undefined {
  const { index, started, enteredAt } = cursor;
  const step = plan.steps[index];
  if (step === undefined || !started) return undefined;
  const isPause = step.kind === 'pause';
  if (paused !== undefined && !isPause) return undefined;
  return {
    key: isPause ? `step ${index}` : `step ${index} ${enteredAt}`,
    name: `step ${step.kind}`,
    attributes: {
      'spillway.step': index + 1,
      'spillway.step.description': describeStep(step),
      'spillway.wave': step.wave + 1,
    },
    ...ofTheRelease,
  };
}

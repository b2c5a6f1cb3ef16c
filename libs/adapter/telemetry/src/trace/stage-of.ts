import { describeStep, interruptedPhase, type Phase, type Release } from '@spillway/domain-release';
import { rootKey, type OpenSpan } from './open-span.js';

const ofTheRelease = { attributes: {}, within: rootKey, failsBy: 'rollbackStarted' } as const;

type StageOf = (release: Release) => OpenSpan | undefined;

const lastBake: StageOf = ({ cursor, paused }) =>
  paused === undefined
    ? { key: `bake ${cursor.enteredAt}`, name: 'bake after promotion', ...ofTheRelease }
    : undefined;

/** What is measured counts anew after a pause, so the step is another span then. */
const step: StageOf = ({ plan, cursor, paused }) => {
  const { index, started, enteredAt } = cursor;
  const current = plan.steps[index];
  if (current === undefined || !started) return undefined;
  const isPause = current.kind === 'pause';
  if (paused !== undefined && !isPause) return undefined;
  return {
    ...ofTheRelease,
    key: isPause ? `step ${index}` : `step ${index} ${enteredAt}`,
    name: `step ${current.kind}`,
    attributes: {
      'spillway.step': index + 1,
      'spillway.step.description': describeStep(current),
      'spillway.wave': current.wave + 1,
    },
  };
};

const stages: Partial<Record<Phase, StageOf>> = {
  preparing: () => ({ key: 'prepare', name: 'prepare', ...ofTheRelease }),
  progressing: step,
  awaitingApproval: step,
  promoting: () => ({ key: 'promote', name: 'promote', ...ofTheRelease }),
  baking: lastBake,
  rollingBack: () => ({ key: 'roll back', name: 'roll back', attributes: {}, within: rootKey }),
};

/** The part of its life that a release is in; there is one at most. A hold is in the midst of one, a pause between two. */
export const stageOf: StageOf = (release) => stages[interruptedPhase(release)]?.(release);

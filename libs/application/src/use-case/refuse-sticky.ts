import type { StrategyDraft } from '@spillway/domain-release';
import { EVERYTHING, NOTHING, refusal, type Refusal } from '@spillway/kernel';

/** Cookies keep people at what a weight has drawn for them; without one there is nobody to keep. */
export function refuseSticky({ sticky, steps }: StrategyDraft): Refusal | undefined {
  const draws = steps.some(
    (step) =>
      step.kind === 'ramp' ||
      (step.kind === 'setWeight' && step.weight > NOTHING && step.weight < EVERYTHING),
  );
  if (sticky === undefined || draws) return undefined;
  return refusal(
    'INVALID_STRATEGY',
    `Cookie "${sticky.cookie}" keeps people at a version, but no step draws them by weight.`,
    'Set a weight between 0 % and 100 %, or leave sticky out.',
    'sticky',
  );
}

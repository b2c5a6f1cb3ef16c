import { EVERYTHING, basisPoints, type BasisPoints } from '@spillway/kernel';
import type { StepTemplate } from './strategy.js';

/** The candidate's weight at the end of the step; `undefined` where it sets none. */
export function lastWeight(step: StepTemplate): BasisPoints | undefined {
  if (step.kind === 'setWeight') return step.weight;
  if (step.kind === 'ramp') return step.to;
  return step.kind === 'switch' ? EVERYTHING : undefined;
}

/** As many weights as there are steps, the first `from` and the last `to`. */
export const rampWeights = ({
  from,
  to,
  steps,
}: Extract<StepTemplate, { kind: 'ramp' }>): readonly BasisPoints[] =>
  Array.from({ length: steps }, (_, i) =>
    basisPoints(Math.round(from + ((to - from) * i) / (steps - 1))),
  );

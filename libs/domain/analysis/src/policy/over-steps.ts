import { afterOneMore, withStartsToCome } from '../combine/mixture-over-starts.js';

/**
 * How far a release is with the steps over which `mixtureOverStarts` spends α once. Here the mixture
 * is followed step by step: a release keeps what its running starts have come to, and no history.
 *
 * Half of the weight is on the first step: harm is mostly there from the beginning, and then costs
 * ln 2. Harm that begins at a later one of k steps costs ln 2(k − 1) at the most. An average of
 * e-processes is one whatever the weights (Vovk & Wang 2021, arXiv 1912.06116).
 */
export interface Steps {
  /** Measured steps of the plan. */
  readonly planned: number;
  /** Of them, those that are over. */
  readonly done: number;
}

/** πⱼ, j from 0. Steps beyond the plan start nothing. */
export function startWeight(step: number, planned: number): number {
  if (planned <= 1) return step === 0 ? 1 : 0;
  if (step >= planned) return 0;
  return step === 0 ? 0.5 : 0.5 / (planned - 1);
}

/** Σ πⱼ of steps before `step`. */
const startedBefore = (step: number, planned: number): number => {
  if (step <= 0) return 0;
  if (planned <= 1 || step >= planned) return 1;
  return 0.5 + ((step - 1) * 0.5) / (planned - 1);
};

/** What the running starts weigh together where nothing was ever shown. */
export const unshown = ({ planned, done }: Steps): number => Math.log(startedBefore(done, planned));

/** The running starts after one more step with this e-value; `before` as it was given back last. */
export const afterStep = (
  before: number | undefined,
  logE: number,
  { planned, done }: Steps,
): number => afterOneMore(before ?? unshown({ planned, done }), startWeight(done, planned), logE);

/** ln M in the midst of a step: the running starts with its e-value so far, and those to come. */
export const logEvidence = (before: number | undefined, logE: number, steps: Steps): number =>
  withStartsToCome(
    afterStep(before, logE, steps),
    Math.max(0, 1 - startedBefore(steps.done + 1, steps.planned)),
  );

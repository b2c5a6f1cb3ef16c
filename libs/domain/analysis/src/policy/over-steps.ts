import { logSum } from '../combine/log-sum.js';

/**
 * One e-process over all steps of a release, so that α is spent once and not at every step.
 *
 * A step's e-value multiplies what the steps before have shown, as long as the candidate was no
 * worse: the product is a test martingale. But a long healthy past is a burden: it has made the
 * product small, and harm that shows itself only at a higher weight would be found late. So the
 * product is started anew at every step, and the starts are averaged with weights that are fixed
 * before the release begins: M = Σⱼ πⱼ · Πᵢ₌ⱼ Eᵢ, where starts that are still to come count as 1.
 * An average of e-processes is one (Vovk & Wang 2021, arXiv 1912.06116); whatever the weights,
 * P(M ever reaches 1/α) ≤ α by Ville's inequality.
 *
 * Half of the weight is on the first step: harm is mostly there from the beginning, and then costs
 * ln 2. Harm that begins at a later one of k steps costs ln 2(k − 1) at the most.
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
): number =>
  logE + logSum([before ?? unshown({ planned, done }), Math.log(startWeight(done, planned))]);

/** ln M in the midst of a step: the running starts with its e-value so far, and those to come. */
export function logEvidence(
  before: number | undefined,
  logE: number,
  { planned, done }: Steps,
): number {
  const running = afterStep(before, logE, { planned, done });
  const toCome = Math.max(0, 1 - startedBefore(done + 1, planned));
  return logSum([running, Math.log(toCome)]);
}

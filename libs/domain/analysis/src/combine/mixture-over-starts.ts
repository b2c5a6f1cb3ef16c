import { CodedError } from '@spillway/kernel';
import { logSum } from './log-sum.js';
import { sharesOf } from './weights.js';

/**
 * One e-process over all k planned steps of a release, so that α is spent once and not per step.
 *
 * The product of the steps' e-values e₁ … e_s is valid, but steps in which the candidate was healthy
 * have made it small: harm that only a higher weight brings to light would be found late. So the
 * product is started anew with every step, and all k starts are averaged with weights πⱼ that are
 * fixed before the first of them, those to come as 1:
 *
 *     M = Σ_{j≤s} πⱼ Π_{i=j..s} eᵢ + Σ_{j>s} πⱼ
 *
 * P(M ever reaches 1/α) ≤ α for a candidate that is no worse, whatever the steps do to each other,
 * as long as each e-value is one given what happened before its step. It costs ln 1/πⱼ against
 * knowing the step j at which harm begins.
 *
 * `logEs`: ln eᵢ of the steps so far, the last one of a step that may still be under way. Without
 * weights all starts weigh the same.
 */
export function mixtureOverStarts(
  logEs: readonly number[],
  planned: number,
  weights?: readonly number[],
): number {
  if (!(Number.isInteger(planned) && planned >= Math.max(1, logEs.length))) {
    throw new CodedError(
      'INVALID_INPUT',
      `${logEs.length} steps of ${planned} planned ones have an e-value.`,
      'Give the number of measured steps in the plan, which is fixed before the first of them.',
    );
  }
  const starts = sharesOf(planned, weights);
  const begun = logEs.reduce(
    (running, logE, step) => afterOneMore(running, starts[step] ?? 0, logE),
    -Infinity,
  );
  const toCome = starts.slice(logEs.length).reduce((sum, start) => sum + start, 0);
  return withStartsToCome(begun, toCome);
}

/**
 * ln of what the running starts come to after one more step: those that ran before, given as `running`
 * in the same way, and the one that begins with it.
 */
export const afterOneMore = (running: number, start: number, logE: number): number =>
  logE + logSum([running, Math.log(start)]);

/** ln M: what the running starts come to, and those to come, which count as 1. */
export const withStartsToCome = (running: number, toCome: number): number =>
  logSum([running, Math.log(toCome)]);

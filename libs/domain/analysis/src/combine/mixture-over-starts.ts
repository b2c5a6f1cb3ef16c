import { CodedError } from '@spillway/kernel';
import { logSum } from './log-sum.js';

/**
 * One e-process over all k planned steps of a release, so that α is spent once and not per step.
 *
 * The product of the steps' e-values e₁ … e_s is valid, but steps in which the candidate was healthy
 * have made it small: harm that only a higher weight brings to light would be found late. So the
 * product is started anew with every step, and all k starts are averaged, those to come as 1:
 *
 *     M = (1/k) [ Σ_{j≤s} Π_{i=j..s} eᵢ + (k − s) ]
 *
 * P(M ever reaches 1/α) ≤ α for a candidate that is no worse, whatever the steps do to each other,
 * as long as each e-value is one given what happened before its step. It costs ln k against knowing
 * the step at which harm begins.
 *
 * `logEs`: ln eᵢ of the steps so far, the last one of a step that may still be under way.
 */
export function mixtureOverStarts(logEs: readonly number[], planned: number): number {
  if (!(Number.isInteger(planned) && planned >= Math.max(1, logEs.length))) {
    throw new CodedError(
      'INVALID_INPUT',
      `${logEs.length} steps of ${planned} planned ones have an e-value.`,
      'Give the number of measured steps in the plan, which is fixed before the first of them.',
    );
  }
  const begun = logEs.reduce((before, logE) => logE + logSum([before, 0]), -Infinity);
  return logSum([begun, Math.log(planned - logEs.length)]) - Math.log(planned);
}

import { CodedError } from '@spillway/kernel';

/** Weights as shares of one. Without weights, all the same. */
export function sharesOf(count: number, weights?: readonly number[]): readonly number[] {
  const given = weights ?? Array.from({ length: count }, () => 1);
  const total = given.reduce((sum, weight) => sum + weight, 0);
  const isFit = given.every((weight) => weight >= 0) && total > 0 && Number.isFinite(total);
  if (given.length !== count || (count > 0 && !isFit)) {
    throw new CodedError(
      'INVALID_INPUT',
      `[${given.join(', ')}] are no weights for ${count} values.`,
      'Give a finite weight of 0 or more to each value, and not 0 to all.',
    );
  }
  return given.map((weight) => weight / total);
}

/**
 * α divided by weight. Together the parts spend no more than α, however the tests depend on each
 * other, and each may be spent by itself and at its own time.
 *
 * @example shareAlpha(0.01, [3, 1]) // [0.0075, 0.0025]
 */
export const shareAlpha = (alpha: number, weights: readonly number[]): readonly number[] =>
  sharesOf(weights.length, weights).map((share) => alpha * share);

import { normalQuantile } from '../special-functions.js';

const share = 1e-5;

/**
 * A constant arm with noise of 1e-5 of its value.
 *
 * Kayenta draws this noise from an unseeded generator, so that its answer is not reproducible. Here
 * the n values are the middles of n equal slices of the same normal distribution: what a draw looks
 * like on average, and always the same.
 */
export const withNoise = (values: readonly number[]): readonly number[] =>
  values.map(
    (value, index) =>
      value + Math.abs(value) * share * normalQuantile((index + 0.5) / values.length),
  );

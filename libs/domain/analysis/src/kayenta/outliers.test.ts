import { expect, it } from '@jest/globals';
import { outliersOf, type OutlierSettings } from './outliers.js';

const flagged = (values: readonly number[], settings: Omit<OutlierSettings, 'strategy'>) => {
  const isOutlier = outliersOf(values, { strategy: 'remove', ...settings });
  return values.filter((_, index) => isOutlier[index]);
};
const tukey = { factor: 1.5, reduceSensitivity: false };
const spike = [1, 1, 1, 1, 1, 20, 1, 1, 1, 1, 1];
const twoSided = [1, 1, 1, 5, -1, -1, -1, -5];

it('flags what lies 1.5 interquartile ranges beyond the quartiles', () => {
  expect(flagged([21, 23, 24, 25, 50, 29, 23, 21], tukey)).toEqual([50]);
  expect(flagged(twoSided, tukey)).toEqual([5, -5]);
  expect(flagged([], tukey)).toEqual([]);
});

it('flags nothing within the first and 99th percentile, as Kayenta’s judge asks', () => {
  const constant = Array.from({ length: 300 }, () => 1);
  const tenSpikes = Array.from({ length: 10 }, () => 20);
  expect(flagged([...constant, ...tenSpikes], {})).toEqual([]);
  expect(flagged([...constant, 20], {})).toEqual([20]);
});

it('flags a lone spike only where the 99th percentile does not reach for it', () => {
  expect(flagged(spike, tukey)).toEqual([20]);
  expect(
    flagged(
      Array.from({ length: 11 }, () => 1),
      {},
    ),
  ).toEqual([]);
});

it('flags what lies k deviations from the mean', () => {
  expect(flagged(spike, { detector: 'kSigma', factor: 3 })).toEqual([20]);
  expect(flagged(twoSided, { detector: 'kSigma', factor: 1 })).toEqual([5, -5]);
});

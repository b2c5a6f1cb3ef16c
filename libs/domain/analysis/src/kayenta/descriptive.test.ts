import { expect, it } from '@jest/globals';
import { ascending } from '../rank/rank-sum.js';
import { kayentaVector } from '../testing/kayenta-classifier-vectors.js';
import { mean, percentile, standardDeviation } from './descriptive.js';
import { cles, cohenD, meanRatio } from './effect-size.js';

it('interpolates percentiles as R’s type 7 does', () => {
  const steps = ascending([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]);
  expect([5, 50, 100].map((percent) => percentile(steps, percent))).toEqual([
    expect.closeTo(0.175, 12),
    1.75,
    3.5,
  ]);
  const nist = [
    95.1772, 95.1567, 95.1937, 95.1959, 95.1442, 95.061, 95.1591, 95.1195, 95.1772, 95.0925, 95.199,
    95.1682,
  ];
  expect(percentile(ascending(nist), 90)).toBeCloseTo(95.19568, 8);
  expect(percentile(ascending([7]), 99)).toBe(7);
});

it('has the deviation of a sample, 0 for one value', () => {
  expect(standardDeviation([1, 1, 1, 10, 10, 10])).toBeCloseTo(4.9295, 4);
  expect(standardDeviation([4])).toBe(0);
});

it('gives back in the mean what rounding took', () => {
  expect(mean([0.1, 0.2, 0.3])).toBe(0.2);
});

it('measures a difference in pooled deviations', () => {
  expect(cohenD([5, 5, 5, 10, 10, 10], [1, 1, 1, 2, 2, 2])).toBeCloseTo(3.03822, 5);
  expect(cohenD([5, 5], [1, 1])).toBeUndefined();
});

it('measures how often the experiment is higher', () => {
  const { candidate, stable } = kayentaVector(
    'Classifier Test - CLES Effect Size: Low',
  ).measurements;
  expect(cles(candidate, stable)).toBe(0.12);
  expect(cles([1, 2, 3, 4, 5], [5, 4, 3, 2, 1])).toBe(0.5);
  expect(cles([2.2, 4.6], [25.3, 24.1])).toBe(0);
});

it('has no ratio of means where one is 0', () => {
  expect(meanRatio([10, 10], [100, 100])).toBe(0.1);
  expect(meanRatio([10], [0])).toBeUndefined();
  expect(meanRatio([0], [10])).toBeUndefined();
});

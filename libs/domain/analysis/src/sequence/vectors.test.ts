import { describe, expect, it } from '@jest/globals';
import { asymptoticHalfWidth, asymptoticRho } from './asymptotic.js';
import { bernoulliInterval } from './bernoulli-interval.js';
import { betaBinomial } from './beta-binomial.js';
import { empiricalProcessLilBound } from './empirical-process.js';
import { gammaExponential, gammaPoisson } from './gamma-mixture.js';
import { tRadius, zRadius } from './linear-model.js';
import { mixtureBound, type Mixture } from './mixture.js';
import { msprtLogLambda } from './msprt.js';
import {
  bestRho,
  bestRhoOneSided,
  oneSidedNormal,
  oneSidedNormalBound,
  twoSidedNormal,
  twoSidedNormalBound,
} from './normal-mixture.js';
import { quantileAbPValue } from './quantile-ab.js';
import { defaultStitching, doubleStitchingBound, polyStitchingBound } from './stitching.js';

/** As many digits as the published value has, and 1e-6 of it at least. */
const expectPublished = (actual: number, published: number): void => {
  const digits = String(published)
    .replace(/^[-0.]+/, '')
    .replace('.', '').length;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(published))) - digits + 1);
  expect(Math.abs(actual - published)).toBeLessThanOrEqual(
    Math.max(0.51 * unit, 1e-12 * Math.abs(published)),
  );
};

const tuning = { v: 100, alpha: 0.05 };

describe('bounds published with confseq', () => {
  const mixtures: readonly (readonly [string, Mixture, number, number])[] = [
    ['two-sided normal', twoSidedNormal(bestRho(tuning)), -0.6510052, 30.35209],
    ['one-sided normal', oneSidedNormal(bestRhoOneSided(tuning)), -0.06502391, 27.66071],
    ['gamma-exponential', gammaExponential(tuning, 2), -0.2490165, 33.02017],
    ['gamma-Poisson', gammaPoisson(tuning, 2), -0.06991219, 30.1949],
    [
      'two-sided beta-binomial',
      betaBinomial(tuning, { g: 0.2, h: 0.8 }, 'two'),
      -0.6941012,
      31.4308,
    ],
    [
      'one-sided beta-binomial',
      betaBinomial(tuning, { g: 0.2, h: 0.8 }, 'one'),
      -0.07134019,
      28.41238,
    ],
  ];

  it.each(mixtures)('%s mixture: ln E and bound', (_, mixture, logE, bound) => {
    expectPublished(mixture.logE(10, 100), logE);
    expectPublished(mixtureBound(mixture, 100, 0.05), bound);
  });

  it('normal mixture: best rho and bounds', () => {
    expectPublished(bestRho(tuning), 12.60056);
    expectPublished(twoSidedNormalBound(100, 0.05, bestRho(tuning)), 30.35209);
    expectPublished(oneSidedNormalBound(100, 0.05, bestRhoOneSided(tuning)), 27.66071);
  });

  it('a bounded sum is bounded by what can be at all', () => {
    const mixture = betaBinomial(tuning, { g: 0.2, h: 0.8 }, 'one');
    expectPublished(mixtureBound(mixture, 2 * 0.2 * 0.8, 0.05), 1.6);
  });

  it('polynomial and double stitching', () => {
    const poly = (c: number): number =>
      polyStitchingBound(100, 0.05, { vMin: 10, c, ...defaultStitching });
    expectPublished(poly(3), 64.48755);
    expectPublished(poly(-1), 28.99389);
    const double = (p: number): number =>
      doubleStitchingBound({ p, t: 1000, alpha: 0.05, tOpt: 100 });
    expectPublished(double(0.5), 68.62803);
    expectPublished(double(0.9), 43.72119);
    expectPublished(double(0.1), 59.96521);
  });

  it('empirical process', () => {
    const bound = empiricalProcessLilBound({ t: 1000, alpha: 0.05, tMin: 100 });
    expect(Math.abs(bound - 0.08204769)).toBeLessThan(1e-6);
    expect(empiricalProcessLilBound({ t: 99, alpha: 0.05, tMin: 100 })).toBe(Infinity);
  });

  it.each([
    [0.5, 70, 0.814704],
    [0.5, 85, 0.0838055],
    [0.5, 100, 0.0054947],
    [0.9, 55, 0.0340463],
  ])('quantile %d of 1 … 1000, shifted by %d: p = %d', (p, shift, published) => {
    const values = Array.from({ length: 1000 }, (_, i) => i + 1);
    const shifted = values.map((value) => value + shift);
    const question = { p, tOpt: 100, alphaOpt: 0.05 };
    expectPublished(quantileAbPValue(values, shifted, question), published);
    expectPublished(quantileAbPValue(shifted, values, question), published);
  });

  it.each([
    [700, 1000, 100, 0.651629, 0.745949],
    [15, 50, 50, 0.129556, 0.511896],
    [5, 50, 50, 0.013021, 0.269264],
    [1, 50, 50, 0, 0.13489],
    [1, 2, 50, 0, 1],
    [0, 1, 50, 0, 1],
    [1, 1, 50, 0, 1],
  ])('%d of %d successes, tuned for %d: %d … %d', (successes, trials, tOpt, lower, upper) => {
    const interval = bernoulliInterval({ successes, trials, alpha: 0.05, tOpt });
    expect(Math.abs(interval.lower - lower)).toBeLessThan(1e-6);
    expect(Math.abs(interval.upper - upper)).toBeLessThan(5e-6);
  });
});

describe('sequences for means', () => {
  it.each([
    [0.5, 0.02, 0.01, 1.880601, 0.152498],
    [0.2, 0.02, 0.01, 0.130601, 0.877568],
    [1, 0.25, 1, 0.795281, 0.451454],
    [3, 1, 1, 1.903426, 0.149057],
  ])('mSPRT: difference %d, V = %d, tau² = %d', (difference, variance, tauSquared, log, p) => {
    const logLambda = msprtLogLambda({ difference, variance, tauSquared });
    expectPublished(logLambda, log);
    expectPublished(Math.exp(-logLambda), p);
  });

  it('radii of linear models', () => {
    expectPublished(zRadius(1, 100, 0.05), 3.273018624);
    expectPublished(zRadius(100, 100, 0.05), 3.656394871);
    expectPublished(zRadius(1, 10_000, 0.05), 3.899156974);
    expectPublished(tRadius(1, 100, 2, 0.05), 3.34753974);
  });

  it('asymptotic confidence sequence', () => {
    const rho = asymptoticRho(1000, 0.05);
    expectPublished(rho, 0.0890850975);
    expectPublished(asymptoticHalfWidth({ t: 1000, sigma: 1, rho, alpha: 0.05 }), 0.0959817358);
    expectPublished(asymptoticHalfWidth({ t: 200, sigma: 1, rho, alpha: 0.05 }), 0.2378627822);
  });
});

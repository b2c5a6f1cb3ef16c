import {
  conditionalLogRatios,
  countLogE,
  histogramQuantile,
  quantileAbPValue,
  quantileInterval,
  splitLogE,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import { document } from '../../schema/document.js';
import { atLeastZero, betaPrior, insideShare, positive } from '../numbers.js';
import { eFigures, namedFunction } from './named-function.js';

const values = z.array(z.number());
const counts = z.array(atLeastZero);
const tuning = { tOpt: positive.default(100), alphaOpt: insideShare.default(0.05) };

/** What the judges of counts, splits, latencies and quantiles are made of. */
export const countFunctions = {
  countLogE: namedFunction(
    'Error-count e-process: x errors of the candidate among n, where p0 of them are expected',
    document({
      x: atLeastZero,
      n: atLeastZero,
      p0: insideShare,
      prior: betaPrior({ a: 1, b: 1 }),
      sides: z.enum(['one', 'two']).default('one'),
    }).refine(({ x, n }) => x <= n, { error: 'must not be above n', path: ['x'] }),
    (given) => ({ ...eFigures(countLogE(given)), expected: given.n * given.p0 }),
  ),
  splitLogE: namedFunction(
    'Multinomial e-process of a split: counts against shares',
    document({
      counts,
      shares: z.array(positive).min(1).describe('Of any sum.'),
      concentration: z.array(positive).exactOptional().describe('Default: all 1.'),
    }).refine(({ counts: seen, shares }) => seen.length === shares.length, {
      error: 'must have one number for each share',
      path: ['counts'],
    }),
    ({ counts: seen, shares: given, concentration = given.map(() => 1) }) => {
      const sum = given.reduce((total, one) => total + one, 0);
      const shares = given.map((one) => one / sum);
      return eFigures(splitLogE({ counts: seen, shares, concentration }));
    },
  ),
  slowLogE: namedFunction(
    'For each odds ratio: ln of its likelihood against the allowed one, given both sums',
    document({
      candidate: atLeastZero.describe('Requests.'),
      stable: atLeastZero,
      slowCandidate: atLeastZero,
      slowStable: atLeastZero,
      alternatives: z.array(positive).min(1).default([2]),
      allowed: positive.default(1),
    }),
    ({ alternatives, allowed, ...table }) => ({
      logE: conditionalLogRatios(table, alternatives, allowed),
    }),
  ),
  quantileAb: namedFunction(
    'Always-valid p-value of "both have the same p-quantile"',
    document({ candidate: values, stable: values, p: insideShare, ...tuning }),
    ({ candidate, stable, ...question }) => ({
      pValue: quantileAbPValue(candidate, stable, question),
    }),
  ),
  quantileInterval: namedFunction(
    'Confidence sequence for the p-quantile of single values',
    document({ values, p: insideShare, alpha: insideShare.default(0.05), ...tuning }),
    ({ values: given, alpha, ...question }) => ({ ...quantileInterval(given, question, alpha) }),
  ),
  histogramQuantile: namedFunction(
    'Prometheus’ histogram_quantile of counts that are not cumulative',
    document({ quantile: insideShare, upperBounds: values, counts }),
    ({ quantile, upperBounds, counts: given }) => ({
      estimate: histogramQuantile(quantile, upperBounds, given),
    }),
  ),
};

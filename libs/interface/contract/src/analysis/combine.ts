import {
  averageE,
  bonferroni,
  eBenjaminiHochberg,
  holm,
  mixtureOverStarts,
  pFromLogE,
  productE,
  shareAlpha,
} from '@spillway/domain-analysis';
import { refusal } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { number } from './evidence/figures.js';
import { alpha, atLeastZero, share } from './numbers.js';
import { offlineJudge } from './offline-judge.js';
import { anyShape } from './shapes.js';

const overP = ['bonferroni', 'holm'] as const;
const overE = ['eBH', 'average', 'product', 'mixtureOverStarts'] as const;
type OverP = (typeof overP)[number];

const settings = document({
  method: z
    .enum([...overP, ...overE])
    .describe(
      'bonferroni, holm: p-values of several metrics. eBH: their e-values. average: e-values of dependent clusters. product: of independent ones. mixtureOverStarts: of the steps of a release.',
    ),
  alpha: alpha.default(0.01).describe('What all may spend together.'),
  weights: z
    .array(atLeastZero)
    .exactOptional()
    .describe('One for each value, of any sum. Default: all the same. Not for products.'),
  planned: z
    .int()
    .min(1)
    .exactOptional()
    .describe('mixtureOverStarts: measured steps of the plan. Default: those that are given.'),
});

const isInfinite = z.enum(['Infinity', '-Infinity']).transform(Number);
const logE = z.union([z.number(), isInfinite]);
const eValue = z.union([atLeastZero, z.literal('Infinity').transform(Number)]);

const measurements = anyShape('pValues, logE or eValues', [
  document({ pValues: z.array(share) }),
  document({ logE: z.array(logE).describe('Natural logarithms of e-values.') }),
  document({ eValues: z.array(eValue) }),
]).transform((given) => {
  if ('pValues' in given) return given;
  return { logE: 'logE' in given ? given.logE : given.eValues.map(Math.log) };
});

type Settings = z.output<typeof settings>;
type Measurements = z.output<typeof measurements>;

const evidence = z.object({
  method: settings.shape.method,
  alpha: number,
  alphaShares: z.array(number).exactOptional().describe('alpha divided by weight.'),
  pValues: z.array(number).exactOptional().describe('As given, or 1/E.'),
  adjusted: z
    .array(number)
    .exactOptional()
    .describe('p-values after the correction: rejected where alpha or less.'),
  rejected: z.array(z.boolean()).exactOptional().describe('Which of them show harm.'),
  logThreshold: number
    .exactOptional()
    .describe('eBH: ln of the e-value that was enough, before weights.'),
  logE: number.exactOptional().describe('ln of the combined e-value.'),
  eValue: number.exactOptional().describe('Absent where it is too large for a number.'),
  pValue: number.exactOptional().describe('1/E, 1 at the most.'),
  threshold: number.exactOptional().describe('1/alpha.'),
});

type Found = z.output<typeof evidence>;

const isOverP = (method: Settings['method']): method is OverP =>
  (overP as readonly string[]).includes(method);

function refuse(given: Measurements, { method }: Settings) {
  if (isOverP(method) || 'logE' in given) return undefined;
  return refusal(
    'INVALID_INPUT',
    `measurements.pValues: ${method} puts e-values together.`,
    'Give logE or eValues.',
    'measurements.pValues',
  );
}

function combined(given: Measurements, of: Settings): Found {
  const { method, alpha: level, weights } = of;
  if (isOverP(method)) {
    const pValues = 'logE' in given ? given.logE.map(pFromLogE) : given.pValues;
    const corrected = (method === 'holm' ? holm : bonferroni)(pValues, level, weights);
    const equal = weights ?? pValues.map(() => 1);
    const alphaShares = [...shareAlpha(level, equal)];
    const { adjusted, rejected } = corrected;
    return {
      method,
      alpha: level,
      alphaShares,
      pValues,
      adjusted: [...adjusted],
      rejected: [...rejected],
    };
  }
  const logEs = 'logE' in given ? given.logE : [];
  if (method !== 'eBH') return { method, alpha: level, ...standing(oneOf(logEs, of), level) };
  const { rejected, logThreshold } = eBenjaminiHochberg(logEs, level, weights);
  return {
    method,
    alpha: level,
    pValues: logEs.map(pFromLogE),
    rejected: [...rejected],
    logThreshold,
  };
}

function oneOf(logEs: readonly number[], { method, weights, planned }: Settings): number {
  if (method === 'average') return averageE(logEs, weights);
  if (method === 'product') return productE(logEs);
  return mixtureOverStarts(logEs, planned ?? Math.max(1, logEs.length));
}

function standing(logOfE: number, level: number) {
  const value = Math.exp(logOfE);
  return {
    logE: logOfE,
    ...(Number.isFinite(value) ? { eValue: value } : {}),
    pValue: pFromLogE(logOfE),
    threshold: 1 / level,
  };
}

function conclude(given: Measurements, { method, rejected, logE: together }: Found, level: number) {
  const count = 'logE' in given ? given.logE.length : given.pValues.length;
  if (count === 0) return { kind: 'noData', because: 'there is nothing to put together' } as const;
  if (rejected !== undefined) {
    const harmful = rejected.filter(Boolean).length;
    const because = `${method}: ${harmful} of ${count} show harm at alpha ${level}`;
    return { kind: harmful > 0 ? 'fail' : 'pass', because } as const;
  }
  const [reached, stop] = [Number(together), -Math.log(level)];
  const because = `${method} of ${count}: ln E = ${reached.toPrecision(4)}, stop at ${stop.toPrecision(4)}`;
  return { kind: reached >= stop ? 'fail' : 'pass', because } as const;
}

export const combine = offlineJudge({
  about:
    'Puts p-values or e-values of metrics, clusters or steps together without spending alpha twice.',
  settings,
  measurements,
  evidence,
  refuse,
  judge: (given: Measurements, of: Settings) => {
    const found = combined(given, of);
    return { ...conclude(given, found, of.alpha), evidence: found };
  },
});

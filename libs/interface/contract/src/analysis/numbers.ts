import { z } from 'zod';
import { document } from '../schema/document.js';

export const anyNumber = z.number();
export const positive = z.number().gt(0, { error: 'must be above 0' });
export const atLeastZero = z.number().min(0, { error: 'must be 0 or more' });
export const share = z
  .number()
  .min(0, { error: 'must be 0 to 1' })
  .max(1, { error: 'must be 0 to 1' });
export const insideShare = z
  .number()
  .gt(0, { error: 'must be between 0 and 1' })
  .lt(1, { error: 'must be between 0 and 1' });
export const alpha = insideShare.describe(
  'How often, at the most, a harmless candidate may fail; over all looks together.',
);
export const direction = z
  .enum(['increase', 'decrease', 'either'])
  .describe('Which change is harm.');

/** JSON has no NaN and no Infinity. */
const words = { NaN: null, Infinity, '-Infinity': -Infinity } as const;

/** A number, or what stands for none. */
export const gaugeValue = z
  .union(
    [
      z.number(),
      z.null(),
      z.enum(['NaN', 'Infinity', '-Infinity']).transform((word) => words[word]),
    ],
    { error: 'must be a number, null, "NaN", "Infinity" or "-Infinity"' },
  )
  .meta({
    id: 'GaugeValue',
    description: 'A value; null or "NaN" where there is none. Infinity is written as a text.',
  });

export const gaugeValues = z.array(gaugeValue);

/** Values of a gauge in the order of time, of both versions over the same seconds. */
export const gaugeSamples = document({ candidate: gaugeValues, stable: gaugeValues });

export const armCounts = document({
  requests: atLeastZero.describe('Need not be whole: a backend extrapolates.'),
  errors: atLeastZero.describe('Of the requests, those that failed.'),
})
  .refine(({ requests, errors }) => errors <= requests, {
    error: 'must not be above requests',
    path: ['errors'],
  })
  .meta({ id: 'ArmCounts', description: 'What one version was asked, and how often it failed.' });

/** Beta(a, b), of the share that the candidate has. */
export const betaPrior = (defaults: { readonly a: number; readonly b: number }) =>
  document({ a: positive.default(defaults.a), b: positive.default(defaults.b) })
    .prefault({})
    .describe('Beta(a, b), of the candidate’s share.');

export const weight = share.describe('The candidate’s programmed share of requests, 0 to 1.');

import type {
  ArmMoments,
  MeanEvidence,
  MeanLookEvidence,
  MsprtEvidence,
  MsprtLook,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import type { Fields } from '../offline-judge.js';
import { crossing, eValue, number } from './figures.js';

const optional = number.exactOptional();

const moments = z
  .object({ n: number, mean: number, variance: optional } satisfies Fields<ArmMoments>)
  .meta({ id: 'ArmMoments', description: 'All values of a version up to here.' });

const direction = z.enum(['increase', 'decrease', 'either']);
const decides = z.boolean().describe('Both versions have enough values.');

const interval = {
  halfWidth: optional.describe('Of the interval with 1 − alpha that holds at all looks together.'),
  lower: optional,
  upper: optional,
};

const msprtLook = {
  candidate: moments,
  stable: moments,
  difference: optional.describe('δ, candidate less stable.'),
  variance: optional.describe('V, of the difference.'),
  tauSquared: optional,
  logLambda: optional.describe('ln Λ.'),
  pValue: number.describe('The least of 1/Λ up to here, 1 at the most.'),
  ...interval,
};

const end = {
  eValue,
  maxLogE: number,
  direction,
  alpha: number,
  threshold: number.describe('1/alpha.'),
  crossing: crossing.exactOptional(),
};

export const msprtEvidence = z.object({
  ...msprtLook,
  logE: optional.describe('The same as logLambda.'),
  ...end,
  looks: z.array(
    z
      .object({ ...msprtLook, decides } satisfies Fields<MsprtLook>)
      .meta({ id: 'MsprtLook', description: 'One look.' }),
  ),
} satisfies Fields<MsprtEvidence>);

const meanLook = {
  candidate: moments,
  stable: moments,
  difference: optional.describe('Candidate less stable.'),
  effectiveSampleSize: optional.describe('t = n·m/(n + m).'),
  sigma: optional.describe(
    'Standard deviation of a value: σ²/t is the variance of the difference.',
  ),
  rho: optional.describe('Of the two-sided sequence.'),
  ...interval,
  logE: optional.describe('Of "no worse than the margin".'),
};

export const meanEvidence = z.object({
  ...meanLook,
  method: z.enum(['normalMixture', 'asymptotic']),
  ...end,
  pValue: number.describe('The least of 1/E over all looks, 1 at the most.'),
  margin: number,
  looks: z.array(
    z
      .object({ ...meanLook, decides } satisfies Fields<MeanLookEvidence>)
      .meta({ id: 'MeanLookEvidence', description: 'One look.' }),
  ),
} satisfies Fields<MeanEvidence>);

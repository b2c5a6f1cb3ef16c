import {
  defaultMeanSettings,
  defaultMsprtSettings,
  judgeMeans,
  judgeMsprt,
  type ArmMoments,
  type MeanMeasurements,
  type MeanSettings,
  type MsprtSettings,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { meanEvidence, msprtEvidence } from './evidence/mean-evidence.js';
import { alpha, anyNumber, atLeastZero, direction, gaugeValue, positive } from './numbers.js';
import { offlineJudge, type Fields } from './offline-judge.js';
import { anyShape } from './shapes.js';

const moments = document({
  n: atLeastZero,
  mean: anyNumber,
  variance: atLeastZero.exactOptional().describe('Of the values, with n − 1.'),
} satisfies Fields<ArmMoments>);

const values = z
  .array(gaugeValue.transform((value) => value ?? Number.NaN))
  .describe('Single values; what is no number is left out.');

const arm = z
  .union([moments, values], { error: 'give a list of values, or n, mean and variance' })
  .meta({ id: 'ArmSample', description: 'A version’s values, or what they come to.' });

const look = document({ candidate: arm, stable: arm });

const measurements: z.ZodType<MeanMeasurements> = anyShape(
  'looks, or one look itself: candidate and stable',
  [
    document({
      looks: z
        .array(look)
        .describe('In the order of time; each what came since the one before, or see cumulative.'),
      cumulative: z
        .boolean()
        .exactOptional()
        .describe('Each look holds everything since the beginning. Default: false.'),
    }),
    look,
  ],
).transform((given) => ('looks' in given ? given : { looks: [given] }));

const common = {
  minSamples: atLeastZero.describe('Values of each version below which a look decides nothing.'),
};

export const msprt = offlineJudge({
  about: 'Means: the mixture sequential probability ratio test.',
  settings: document({
    alpha: alpha.default(defaultMsprtSettings.alpha),
    direction: direction.default(defaultMsprtSettings.direction),
    tauSquared: positive
      .exactOptional()
      .describe('Variance of the shift that is looked for. Default: by effectSize.'),
    effectSize: positive
      .default(defaultMsprtSettings.effectSize)
      .describe('The shift that is looked for, in standard deviations of a value.'),
    minSamples: common.minSamples.default(defaultMsprtSettings.minSamples),
  } satisfies Fields<MsprtSettings>),
  measurements,
  evidence: msprtEvidence,
  judge: judgeMsprt,
});

export const means = offlineJudge({
  about: 'Means: normal-mixture or asymptotic confidence sequences, with a margin.',
  settings: document({
    alpha: alpha.default(defaultMeanSettings.alpha),
    direction: direction.default(defaultMeanSettings.direction),
    margin: atLeastZero
      .default(defaultMeanSettings.margin)
      .describe('A change for the worse by this much is no harm yet; in the values’ unit.'),
    tOpt: positive
      .default(defaultMeanSettings.tOpt)
      .describe('Effective sample size, n·m/(n + m), at which the sequence is tightest.'),
    sigma: positive
      .exactOptional()
      .describe('Standard deviation of a value, where it is known. Default: estimated.'),
    minSamples: common.minSamples.default(defaultMeanSettings.minSamples),
  } satisfies Fields<MeanSettings>),
  measurements,
  evidence: meanEvidence,
  judge: judgeMeans,
});

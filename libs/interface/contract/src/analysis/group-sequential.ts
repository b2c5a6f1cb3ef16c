import {
  defaultGroupSequentialSettings as defaults,
  judgeGroupSequential,
  type GroupSequentialMeasurements,
  type GroupSequentialSettings,
  type MeanSample,
} from '@spillway/domain-analysis';
import { refusal } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { groupSequentialEvidence } from './evidence/group-sequential-evidence.js';
import { alpha, anyNumber, armCounts, atLeastZero, direction, positive } from './numbers.js';
import { offlineJudge, type Fields } from './offline-judge.js';

export const sides = z
  .union([z.literal(1), z.literal(2)])
  .describe('1: only the harmful direction stops. direction "either" always has 2.');

export const spending = z
  .enum(['obrienFleming', 'pocock', 'power'])
  .describe('How alpha is handed out over the information.');

const settings = document({
  alpha: alpha.default(defaults.alpha),
  sides: sides.default(defaults.sides),
  spending: spending.default(defaults.spending),
  rho: positive.default(defaults.rho).describe('Exponent of power spending.'),
  direction: direction.default(defaults.direction),
  maxLooks: z.int().min(1).exactOptional().describe('All looks that there will be.'),
  plannedInformation: positive
    .exactOptional()
    .describe('Information at the planned end, in the unit of the looks’ information or n.'),
} satisfies Fields<GroupSequentialSettings>);

const progress = {
  fraction: positive.exactOptional().describe('Share of the planned information.'),
  information: positive.exactOptional().describe('In the unit of plannedInformation.'),
  n: positive.exactOptional().describe('Values of both versions.'),
};

export const meanSample = document({
  n: atLeastZero,
  mean: anyNumber,
  variance: atLeastZero.describe('Of the values, with n − 1.'),
} satisfies Fields<MeanSample>).meta({
  id: 'MeanSample',
  description: 'A mean with what it was made from.',
});

const look = z.union(
  [
    document({ z: anyNumber, ...progress }),
    document({ candidate: meanSample, stable: meanSample, ...progress }),
    document({ candidate: armCounts, stable: armCounts, ...progress }),
  ],
  {
    error: 'give z, or candidate and stable: both with n, mean, variance, or requests, errors',
  },
);

const measurements = document({
  looks: z
    .array(look)
    .describe('In the order of time; each of everything since the beginning, not of what is new.'),
}) satisfies z.ZodType<GroupSequentialMeasurements>;

function refuse(
  { looks }: GroupSequentialMeasurements,
  { maxLooks, plannedInformation }: GroupSequentialSettings,
) {
  if (maxLooks !== undefined || plannedInformation !== undefined) return undefined;
  const at = looks.findIndex(({ fraction }) => fraction === undefined);
  if (at === -1) return undefined;
  const field = `measurements.looks[${at}].fraction`;
  return refusal(
    'INVALID_INPUT',
    `${field}: is missing, and neither settings.maxLooks nor settings.plannedInformation says how far it is.`,
    'Give one of the three.',
    field,
  );
}

export const groupSequential = offlineJudge({
  about: 'A bounded number of looks: Lan–DeMets, with O’Brien–Fleming, Pocock or power spending.',
  settings,
  measurements,
  evidence: groupSequentialEvidence,
  refuse,
  judge: judgeGroupSequential,
});

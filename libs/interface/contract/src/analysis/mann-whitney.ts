import {
  defaultMannWhitneySettings as defaults,
  judgeMannWhitney,
  type MannWhitneySettings,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { mannWhitneyEvidence } from './evidence/mann-whitney-evidence.js';
import { anyNumber, atLeastZero, direction, gaugeSamples, share } from './numbers.js';
import { offlineJudge, type Fields } from './offline-judge.js';

const settings = document({
  confidence: z
    .number()
    .min(0)
    .lt(1)
    .default(defaults.confidence)
    .describe('Of the two-sided interval; each direction of harm is tested at (1 − it) / 2.'),
  direction: direction.default(defaults.direction),
  minCles: share
    .default(defaults.minCles)
    .describe('Effect floor: in which share of pairs harm must show.'),
  minRatio: atLeastZero
    .default(defaults.minRatio)
    .describe('Effect floor: the larger mean by the smaller one.'),
  minShift: anyNumber
    .default(defaults.minShift)
    .describe('Effect floor: the Hodges–Lehmann shift, in the unit of the values.'),
  minSamples: atLeastZero
    .default(defaults.minSamples)
    .describe('Points of each version below which nothing is concluded.'),
  nanStrategy: z
    .enum(['remove', 'zero', 'inconclusive'])
    .default(defaults.nanStrategy)
    .describe('What a missing value means.'),
  independence: z
    .enum(['asIs', 'thin'])
    .default(defaults.independence)
    .describe('thin: points that follow each other are alike, and count for less.'),
} satisfies Fields<MannWhitneySettings>);

export const mannWhitney = offlineJudge({
  about: 'Any gauge, by ranks: exact p-value and an effect floor.',
  settings,
  measurements: gaugeSamples,
  evidence: mannWhitneyEvidence,
  judge: judgeMannWhitney,
});

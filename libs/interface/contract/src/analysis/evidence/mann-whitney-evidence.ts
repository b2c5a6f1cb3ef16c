import type {
  Autocorrelation,
  GaugeArm,
  MannWhitneyEvidence,
  PValues,
  RankComparison,
  ShiftInterval,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import type { Fields } from '../offline-judge.js';
import { number } from './figures.js';

const gaugeArm = z
  .object({
    n: z.int().describe('Points that were compared.'),
    missing: z.int().describe('Points without a number.'),
    mean: number.exactOptional(),
    median: number.exactOptional(),
    min: number.exactOptional(),
    max: number.exactOptional(),
  } satisfies Fields<GaugeArm>)
  .meta({ id: 'GaugeArm', description: 'One version’s values.' });

const method = z.enum(['exact', 'normal', 'autocorrelated']);

const interval = z
  .object({
    low: number,
    high: number,
    k: number.describe('Which differences are its ends, from 1.'),
    confidence: number.describe('Achieved.'),
    method,
  } satisfies Fields<ShiftInterval>)
  .meta({ id: 'ShiftInterval', description: 'Of the shift, candidate less stable.' });

const pValues = z
  .object({ greater: number, less: number, twoSided: number } satisfies Fields<PValues>)
  .meta({ id: 'PValues', description: 'That the candidate is so high, or so low, by chance.' });

const autocorrelation = z
  .object({
    time: number.describe('Points per independent point.'),
    timeOfFirstLag: number,
    timeOfAllLags: number,
    firstLag: number.describe('Correlation of ranks of neighbours.'),
    candidateEffective: number.describe('Independent points that it is worth.'),
    stableEffective: number,
  } satisfies Fields<Autocorrelation>)
  .meta({ id: 'Autocorrelation', description: 'How much less the points say.' });

const comparison = {
  W: number.describe('Pairs in which the candidate is higher, ties half: R’s W.'),
  sigma: number.describe('Of W, corrected for ties.'),
  z: number.describe('Two-sided, with continuity correction.'),
  pGreater: number.describe('Of those that decide.'),
  pLess: number,
  pTwoSided: number,
  pMethod: method,
  pHarm: number.describe('The smaller one of the directions that are harm; held against alpha.'),
  pExact: pValues.exactOptional().describe('Below 50 points a version and without ties.'),
  pAsymptotic: pValues.describe('Tie- and continuity-corrected normal.'),
  hodgesLehmann: number.describe('Median of all differences, candidate less stable.'),
  interval,
  normalInterval: interval,
  cles: number.describe('P(candidate > stable) + ½ P(equal).'),
  meanRatio: number.exactOptional(),
  ties: z.object({
    groups: number,
    values: number,
    sum: number.describe('Σ (t³ − t).'),
  }),
  autocorrelation: autocorrelation.exactOptional().describe('With thin.'),
} satisfies Fields<RankComparison>;

const settings = {
  confidence: number,
  direction: z.enum(['increase', 'decrease', 'either']),
  minCles: number,
  minRatio: number,
  minShift: number,
  minSamples: number,
  nanStrategy: z.enum(['remove', 'zero', 'inconclusive']),
  independence: z.enum(['asIs', 'thin']),
};

/** What is compared is absent where a version has no points. */
export const mannWhitneyEvidence = z
  .object(comparison)
  .partial()
  .extend({
    candidate: gaugeArm,
    stable: gaugeArm,
    alpha: number.describe('(1 − confidence) / 2: what a one-sided p is held against.'),
    ...settings,
  } satisfies Fields<Omit<MannWhitneyEvidence, keyof RankComparison>>);

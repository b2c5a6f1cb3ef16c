import type {
  ArmTotals,
  CountLookEvidence,
  CountSegment,
  ErrorCountEvidence,
  RateRatio,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import type { Fields } from '../offline-judge.js';
import { count, crossing, eProcess, number } from './figures.js';

const armTotals = z
  .object({
    requests: count,
    errors: count,
    rate: number.exactOptional().describe('Errors by requests; absent without requests.'),
  } satisfies Fields<ArmTotals>)
  .meta({ id: 'ArmTotals', description: 'One version, all looks together.' });

const limit = number.exactOptional();

const rateRatio = z
  .object({
    estimate: limit.describe('Most likely; absent where stable made no error.'),
    pooled: limit.describe('Segments not held apart.'),
    lower: limit.describe('Of the two-sided confidence sequence.'),
    upper: limit.describe('Of the two-sided confidence sequence; absent where there is no limit.'),
    lowerOneSided: limit.describe('Holds by itself with 1 − alpha.'),
    upperOneSided: limit.describe('Holds by itself with 1 − alpha.'),
    isEmpty: z.boolean().describe('No one ratio fits all segments.'),
  } satisfies Fields<RateRatio>)
  .meta({ id: 'RateRatio', description: 'The candidate’s error rate by stable’s.' });

const plainCounts = z.object({ requests: count, errors: count });

const segment = z
  .object({
    segment: z.union([z.string(), z.number()]).exactOptional(),
    weight: number.exactOptional().describe('As programmed.'),
    exposure: number.exactOptional().describe('The candidate’s share of requests behind p0.'),
    p0: number.exactOptional().describe('The candidate’s share of errors that is just allowed.'),
    candidate: plainCounts,
    stable: plainCounts,
    x: number.describe('Errors of the candidate.'),
    n: number.describe('Errors of both.'),
    logE: number,
  } satisfies Fields<CountSegment>)
  .meta({ id: 'CountSegment', description: 'Looks with one weight.' });

const look = z
  .object({
    x: number,
    n: number,
    expected: number.describe('Of the n, where the candidate’s rate is just what is allowed.'),
    logE: number,
  } satisfies Fields<CountLookEvidence>)
  .meta({ id: 'CountLookEvidence', description: 'Running totals at a look.' });

export const errorCountEvidence = z.object({
  candidate: armTotals,
  stable: armTotals,
  ratio: rateRatio,
  maxRatio: number,
  sides: z.enum(['one', 'two']),
  exposure: z.enum(['observed', 'programmed']),
  prior: z.object({ a: number, b: number }),
  ...eProcess,
  worse: crossing.exactOptional().describe('Since when the candidate is worse than allowed.'),
  better: crossing.exactOptional().describe('Two-sided only: since when it is better.'),
  segments: z.array(segment),
  looks: z.array(look),
} satisfies Fields<ErrorCountEvidence>);

import type {
  ArmQuantile,
  BoundaryEvidence,
  BucketEvidence,
  EqualityEvidence,
  EqualitySegment,
  LatencyEvidence,
  QuantileEvidence,
  SlowShare,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import type { Fields } from '../offline-judge.js';
import { count, crossing, eProcess, eValue, number } from './figures.js';

const slowShare = z
  .object({
    slower: count,
    requests: count,
    share: number.exactOptional().describe('Absent without requests.'),
  } satisfies Fields<SlowShare>)
  .meta({ id: 'SlowShare', description: 'Requests of a version, and those slower than a bound.' });

const boundary = z
  .object({
    above: number.describe('What slower means for the candidate, in milliseconds.'),
    stableAbove: number.exactOptional().describe('And for stable, where tolerance moves it.'),
    candidate: slowShare,
    stable: slowShare,
    x: number.describe('Slow requests of the candidate.'),
    n: number.describe('Slow requests of both.'),
    expected: number.describe('Of them, the candidate’s where the version makes no difference.'),
    oddsRatio: number.exactOptional().describe('All looks taken together.'),
    logE: number,
    eValue,
  } satisfies Fields<BoundaryEvidence>)
  .meta({
    id: 'BoundaryEvidence',
    description: 'Evidence that the candidate is slower than a bound too often.',
  });

const armQuantile = z
  .object({
    requests: count,
    estimate: number.exactOptional().describe('Milliseconds, as histogram_quantile estimates.'),
    lower: number.exactOptional().describe('Of a confidence sequence with 1 − alpha.'),
    upper: number.exactOptional().describe('Absent where there is no limit.'),
  } satisfies Fields<ArmQuantile>)
  .meta({ id: 'ArmQuantile', description: 'The quantile of a version.' });

const quantile = z
  .object({
    quantile: number,
    candidate: armQuantile,
    stable: armQuantile,
    ratio: number.exactOptional().describe('Estimate of the candidate by that of stable.'),
    pValue: number.describe('Always valid, of "both have the same quantile".'),
  } satisfies Fields<QuantileEvidence>)
  .meta({ id: 'QuantileEvidence', description: 'For reading; decides nothing.' });

const bucket = z
  .object({
    upperBound: number.exactOptional().describe('Absent for the last bucket.'),
    x: number.describe('Requests of the candidate.'),
    n: number.describe('Requests of both.'),
    logMarginal: number.describe('ln B(a + x, b + n − x) − ln B(a, b).'),
  } satisfies Fields<BucketEvidence>)
  .meta({ id: 'BucketEvidence', description: 'One bucket.' });

const equalitySegment = z
  .object({
    weight: number.exactOptional(),
    exposure: number.exactOptional().describe('The candidate’s share of requests.'),
    x: number,
    n: number,
    buckets: z.array(bucket),
    logE: number,
    logEAtWeight: number.exactOptional().describe('Against the programmed weight alone.'),
  } satisfies Fields<EqualitySegment>)
  .meta({ id: 'EqualitySegment', description: 'Looks with one weight.' });

const equality = z
  .object({
    logE: number,
    eValue,
    logEAtWeight: number
      .exactOptional()
      .describe('Where every segment had a weight between 0 and 1.'),
    segments: z.array(equalitySegment),
  } satisfies Fields<EqualityEvidence>)
  .meta({
    id: 'EqualityEvidence',
    description: 'Of "equally fast", by a Dirichlet mixture over buckets; decides nothing.',
  });

const arm = z.object({ requests: count });

export const latencyEvidence = z.object({
  candidate: arm,
  stable: arm,
  ...eProcess,
  maxRatio: number,
  tolerance: number,
  alternatives: z.array(number),
  crossing: crossing.exactOptional(),
  boundaries: z.array(boundary),
  looks: z.array(z.object({ logE: number })),
  quantile,
  equality,
} satisfies Fields<LatencyEvidence>);

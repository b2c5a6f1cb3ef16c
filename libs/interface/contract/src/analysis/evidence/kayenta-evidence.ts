import type {
  KayentaArm,
  KayentaClassification,
  KayentaComparison,
  KayentaEvidence,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import type { Fields } from '../offline-judge.js';
import { number } from './figures.js';

export const kayentaClass = z
  .enum(['Pass', 'High', 'Low', 'Nodata', 'NodataFailMetric', 'Error'])
  .describe('As Kayenta calls it.');

const optional = number.exactOptional();

const arm = z
  .object({
    n: z.int(),
    missing: z.int().describe('What was not a number.'),
    outliers: z.array(number).describe('Those that were removed.'),
    min: optional,
    max: optional,
    mean: optional,
    sd: optional,
    p1: optional,
    p5: optional,
    p25: optional,
    p50: optional,
    p75: optional,
    p90: optional,
    p95: optional,
    p99: optional,
  } satisfies Fields<KayentaArm>)
  .meta({
    id: 'KayentaArm',
    description: 'After missing values and outliers were treated. Percentiles are R’s type 7.',
  });

const comparison = {
  L: optional.describe('Lower end of the interval.'),
  U: optional.describe('Upper end of the interval.'),
  HL: optional.describe('Kayenta’s estimate of the shift.'),
  band: optional.describe('tolerance · |HL|: L must be above it, or U below its negative.'),
  meanRatio: optional,
  cles: optional,
  cohenD: optional,
  effect: optional.describe('The measure that is held against the allowed change.'),
  noise: z.boolean().exactOptional().describe('Both arms were constant.'),
} satisfies Fields<KayentaComparison>;

const classification = {
  class: kayentaClass,
  critical: z.boolean().describe('Takes a score to 0 by itself.'),
  reason: z.string().exactOptional().describe('Why no test was made.'),
  deviation: optional.describe('Kayenta’s ratio of a result.'),
} satisfies Fields<KayentaClassification>;

export const kayentaEvidence = z
  .object({
    ...classification,
    ...comparison,
    candidate: arm,
    stable: arm,
    tolerance: number,
    confLevel: number,
    muted: z.boolean(),
  } satisfies Fields<KayentaEvidence>)
  .meta({ id: 'KayentaEvidence', description: 'One metric as Kayenta judges it.' });

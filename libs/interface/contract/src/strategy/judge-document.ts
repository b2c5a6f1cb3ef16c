import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';

const direction = z
  .enum(['increase', 'decrease', 'either'])
  .default('increase')
  .describe('Which change of the value is harm.');

const maxRatio = z.number().min(1).max(1_000).default(1);

const minRequests = z.int().min(1).max(1_000_000_000).default(100);

const errorCountDocument = document({
  maxRatio: maxRatio.describe('How many times stable’s error rate is still no harm.'),
  minRequests: minRequests.describe(
    'Requests of the candidate in a step below which it does not pass.',
  ),
  nonInferiorityMargin: z
    .number()
    .gt(1)
    .max(1_000)
    .optional()
    .describe('Passes only when the ratio of the error rates is shown to be below this.'),
}).describe('Failed requests of both versions; may look as often as it likes.');

const latencyDocument = document({
  maxRatio: maxRatio.describe('How many times stable’s share of slow requests is still no harm.'),
  minRequests: minRequests.describe(
    'Requests of the candidate in a step below which it does not pass.',
  ),
}).describe('Requests by latency; catches a worse tail behind an equal median.');

const mannWhitneyDocument = document({
  direction,
  minPoints: z
    .int()
    .min(2)
    .max(10_000)
    .default(10)
    .describe('Measurements of each version below which it says nothing.'),
}).describe('Any value, by ranks, at each "count" measurements.');

const kayentaDocument = document({ direction }).describe(
  'As Kayenta judges, once for each "count" measurements; does not keep α.',
);

export const judgeDocument = oneOf(
  ['errorCount', 'latency', 'mannWhitney', 'kayenta'],
  [
    document({ errorCount: errorCountDocument }),
    document({ latency: latencyDocument }),
    document({ mannWhitney: mannWhitneyDocument }),
    document({ kayenta: kayentaDocument }),
  ],
);

export const analysisDocument = document({
  alpha: z
    .number()
    .gt(0)
    .lt(0.5)
    .default(0.01)
    .describe('How likely a version that is no worse may be rolled back, in one release.'),
  metrics: z
    .enum(['weight', 'holm', 'eBH'])
    .default('weight')
    .describe('How metrics share alpha: by weight, by Holm’s procedure, or by e-BH.'),
  clusters: z
    .enum(['average', 'product'])
    .default('average')
    .describe(
      'How evidence of clusters is put together: average holds always, product where they are independent.',
    ),
})
  .describe('What comparisons of candidate and stable may spend together.')
  .meta({ examples: [{ alpha: 0.01, metrics: 'weight', clusters: 'average' }] });

export type ParsedJudge = z.output<typeof judgeDocument>;
export type ParsedAnalysis = z.output<typeof analysisDocument>;

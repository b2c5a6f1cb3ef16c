import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { count, durationText, nameText, positiveDurationText } from '../schema/scalars.js';
import { judgeDocument } from './judge-document.js';
import { metricQueryDocument } from './query-document.js';

export const noDataDocument = oneOf(
  ['"ignore"', '"fail"', 'hold'],
  [
    z.literal('ignore').describe('The metric has no say.'),
    z.literal('fail').describe('As if the metric had failed.'),
    document({
      hold: document({
        for: durationText.describe('How long to wait for data.'),
        then: z.enum(['rollback', 'pause']).describe('What to do when there is still none.'),
      }).describe('Wait, then roll back or pause.'),
    }),
  ],
);

export const metricDocument = document({
  name: nameText.describe('Unique among the metrics of an analysis.'),
  query: metricQueryDocument.describe('What is measured.'),
  min: z.number().optional().describe('Lowest good value. Give min, max, both, or a judge.'),
  max: z.number().optional().describe('Highest good value. Give min, max, both, or a judge.'),
  initialDelay: durationText.default('0s').describe('Time from the live weight to the first look.'),
  interval: positiveDurationText.default('30s').describe('Time from one measurement to the next.'),
  window: positiveDurationText
    .optional()
    .describe('How far one measurement looks back. Default: the interval.'),
  count: z.int().min(1).max(10_000).default(1).describe('Conclusive measurements for a verdict.'),
  failureLimit: count.default(0).describe('Fails when more measurements than this have failed.'),
  inconclusiveLimit: count
    .optional()
    .describe(
      'Inconclusive when more measurements than this say nothing. Default: noData decides.',
    ),
  consecutiveErrorLimit: count
    .default(4)
    .describe('Inconclusive when more queries in a row than this have gone wrong.'),
  minSample: count
    .default(1)
    .describe('Requests of the candidate in the window below which a measurement says nothing.'),
  noData: noDataDocument
    .default({ hold: { for: '5m', then: 'pause' } })
    .describe('What to do while there are no samples. A query that goes wrong is not "no data".'),
  judge: judgeDocument
    .optional()
    .describe('How candidate and stable are compared. Default: not at all, only by the bounds.'),
  weight: z
    .number()
    .gt(0)
    .max(1_000)
    .default(1)
    .describe('Its share of the release’s alpha beside the other metrics.'),
  dryRun: z.boolean().default(false).describe('Measured, judged and shown; decides nothing.'),
})
  .refine(({ min, max, judge }) => [min, max, judge].some((one) => one !== undefined), {
    error: 'needs a bound or a judge; give min, max or both, or compare it with stable',
    path: ['min'],
  })
  .refine(({ min = -Infinity, max = Infinity }) => min <= max, {
    error: 'must not be below min',
    path: ['max'],
  })
  .meta({
    description: 'One metric of an analysis, judged in each cluster on its own.',
    examples: [
      {
        name: 'success-rate',
        query: { requestSuccessRate: {} },
        min: 99,
        interval: '10s',
        count: 3,
      },
    ],
  });

export type MetricDocument = z.input<typeof metricDocument>;
export type ParsedMetric = z.output<typeof metricDocument>;

import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { count, durationText, nameText, positiveDurationText } from '../schema/scalars.js';

export const metricQueryDocument = oneOf(
  ['requestSuccessRate', 'requestLatency', 'promql'],
  [
    document({
      requestSuccessRate: document({}).describe('Requests without a 5xx answer, in percent.'),
    }),
    document({
      requestLatency: document({
        quantile: z.number().gt(0).lt(1).describe('Such as 0.99.'),
      }).describe('A quantile of the response time, in milliseconds.'),
    }),
    document({
      promql: z
        .string()
        .min(1)
        .max(4_000)
        .describe(
          'A query that gives one number; may use {{namespace}} {{service}} {{version}} {{window}}.',
        ),
    }),
  ],
);

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
  min: z.number().optional().describe('Lowest good value. Give min, max or both.'),
  max: z.number().optional().describe('Highest good value. Give min, max or both.'),
  initialDelay: durationText.default('0s').describe('Time from the live weight to the first look.'),
  interval: positiveDurationText.default('30s').describe('Time from one measurement to the next.'),
  window: positiveDurationText
    .optional()
    .describe('How far one measurement looks back. Default: the interval.'),
  count: z.int().min(1).max(10_000).default(1).describe('Conclusive measurements for a verdict.'),
  failureLimit: count.default(0).describe('Fails when more measurements than this have failed.'),
  consecutiveErrorLimit: count
    .default(4)
    .describe('Inconclusive when more queries in a row than this have gone wrong.'),
  minSample: count
    .default(1)
    .describe('Requests of the candidate in the window below which a measurement says nothing.'),
  noData: noDataDocument
    .default({ hold: { for: '5m', then: 'pause' } })
    .describe('What to do while there are no samples. A query that goes wrong is not "no data".'),
})
  .refine(({ min, max }) => min !== undefined || max !== undefined, {
    error: 'needs a bound; give min, max or both',
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

import type { Look } from '@spillway/application';
import type { Reading, Sample } from '@spillway/domain-analysis';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { toVerdictView, verdictView } from './verdict-view.js';

const histogramView = z
  .object({
    upperBounds: z
      .array(z.number())
      .describe('Ascending, in milliseconds: at most so long took what is counted here.'),
    counts: z
      .array(z.number())
      .describe(
        'How many took longer than the bound before and no longer than this one; the last count, one more than there are bounds, is of all that took longer.',
      ),
  })
  .describe('Requests by latency; not cumulative.');

const sampleView = z
  .object({
    value: z
      .number()
      .describe('Success rate in percent, latency in milliseconds, else as the query says.'),
    requests: z
      .number()
      .optional()
      .describe('Requests behind the value; absent where the query does not tell.'),
    errors: z
      .number()
      .optional()
      .describe('Of them, those that failed; where the query counts failures.'),
    histogram: histogramView.optional(),
  })
  .describe('What one version’s samples said in the window.');

const readingView = z
  .object({
    kind: z
      .enum(['value', 'empty', 'notANumber', 'error'])
      .describe(
        'What came: a value, no answer, NaN or infinity, or a query that went wrong. None of them is another.',
      ),
    candidate: sampleView.optional(),
    stable: sampleView.optional(),
    message: z.string().optional().describe('Of an error: what the source said.'),
  })
  .describe(
    'What the source answered: of a value, the candidate’s sample, and stable’s where it has one.',
  );

export const lookView = z
  .object({
    step: z
      .int()
      .describe('Index of the step, from 0; the number of steps in the bake after the promotion.'),
    metric: z.string().describe('Name of the metric.'),
    cluster: z.string().describe('Where it was measured.'),
    ordinal: z.int().describe('Counts the metric’s measurements in this step and cluster, from 0.'),
    from: moment.describe('When the window began.'),
    to: moment.describe('When it ended.'),
    query: z
      .string()
      .optional()
      .describe('What was asked, in words or in the source’s own language.'),
    reading: readingView,
    verdict: verdictView.optional(),
  })
  .describe(
    'One measurement, and what it and those before it added up to then. Without a verdict where a later window was measured at the same time.',
  );

export type LookView = z.output<typeof lookView>;
type SampleView = z.output<typeof sampleView>;

export const toLookView = (look: Look): LookView => ({
  step: look.step,
  metric: look.metric,
  cluster: look.cluster,
  ordinal: look.ordinal,
  from: toMoment(look.from),
  to: toMoment(look.to),
  ...(look.query === undefined ? {} : { query: look.query }),
  reading: toReadingView(look.reading),
  ...(look.verdict === undefined ? {} : { verdict: toVerdictView(look.verdict) }),
});

function toReadingView(reading: Reading): LookView['reading'] {
  if (reading.kind !== 'value') return { ...reading };
  const { kind, candidate, stable } = reading;
  return {
    kind,
    candidate: toSampleView(candidate),
    ...(stable === undefined ? {} : { stable: toSampleView(stable) }),
  };
}

const toSampleView = ({ histogram, ...sample }: Sample): SampleView => ({
  ...sample,
  ...(histogram === undefined
    ? {}
    : {
        histogram: {
          upperBounds: [...histogram.upperBounds],
          counts: [...histogram.counts],
        },
      }),
});

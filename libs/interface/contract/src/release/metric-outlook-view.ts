import type { ClusterPlan } from '@spillway/application';
import { formatDuration } from '@spillway/kernel';
import { z } from 'zod';

const stepOutlookView = z
  .object({
    step: z.int().describe('Index in the plan, from 0.'),
    weight: z.number().describe('Percent for the candidate.'),
    length: z.string().describe('How long it lasts; at most, where it is to find something.'),
    isEnough: z.boolean().describe('Whether that is long enough to find it.'),
    forecast: z.string().describe('What is found, and when, in a sentence.'),
  })
  .describe('What a step can find of a metric, given the traffic of now.');

export const metricOutlookView = z
  .object({
    metric: z.string().describe('Name of the metric.'),
    value: z.number().optional().describe('Stable’s value now, in the metric’s unit.'),
    requestsPerSecond: z.number().optional().describe('Stable’s requests now.'),
    errorRate: z.number().optional().describe('Of them, the share that fails, 0 to 1.'),
    missing: z.string().optional().describe('Why nothing is known of it.'),
    steps: z
      .array(stepOutlookView)
      .describe('Of a metric that compares error counts: the steps that measure it.'),
  })
  .describe('What stable shows of a metric now, and what a release could find.');

type MetricOutlook = ClusterPlan['metrics'][number];

export const toMetricOutlookView = ({
  steps,
  ...outlook
}: MetricOutlook): z.output<typeof metricOutlookView> => ({
  ...outlook,
  steps: steps.map(({ weight, length, ...step }) => ({
    ...step,
    weight: weight / 100,
    length: formatDuration(length),
  })),
});

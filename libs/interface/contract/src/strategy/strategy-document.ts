import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import {
  count,
  durationText,
  labels,
  nameText,
  percent,
  positiveDurationText,
} from '../schema/scalars.js';
import { metricDocument } from './metric-document.js';

const clusterList = z.array(nameText).min(1);
const labelsOfClusters = labels.refine((wanted) => Object.keys(wanted).length > 0, {
  error: 'must name at least one label',
});

export const waveDocument = oneOf(
  ['clusters', 'labels', 'rest'],
  [
    document({ clusters: clusterList.describe('These clusters.') }),
    document({ labels: labelsOfClusters.describe('Clusters that have all of these labels.') }),
    document({ rest: z.literal(true).describe('Every cluster that is left.') }),
  ],
).describe('Clusters that take a step together.');

export const stepDocument = oneOf(
  ['setWeight', 'bake', 'pause', 'analyze'],
  [
    document({
      setWeight: percent.describe('Percent of traffic for the candidate, at most two decimals.'),
    }),
    document({
      bake: positiveDurationText.describe('Wait, watching the metrics; a failing one rolls back.'),
    }),
    document({
      pause: document({
        for: positiveDurationText.optional().describe('How long; without it until resumed.'),
      }).describe('Wait for resume, or for the time to pass.'),
    }),
    document({
      analyze: document({
        metrics: z
          .array(metricDocument)
          .max(50)
          .default([])
          .describe('Only these metrics. Empty: those of the strategy.'),
      }).describe('Go on when every metric has passed.'),
    }),
  ],
).describe('One instruction; every wave takes the steps in this order.');

const unique = (metrics: readonly { readonly name: string }[]): boolean =>
  new Set(metrics.map(({ name }) => name)).size === metrics.length;

export const strategyDocument = document({
  name: nameText.describe('Unique name; each change makes a new version.'),
  waves: z
    .array(waveDocument)
    .min(1)
    .max(100)
    .default([{ rest: true }])
    .describe('Clusters in the order in which they take the steps. Default: all at once.'),
  maxUnavailableClusters: count
    .default(0)
    .describe('Clusters that may be unreachable without holding the release.'),
  metrics: z
    .array(metricDocument)
    .max(50)
    .refine(unique, { error: 'names a metric twice' })
    .default([])
    .describe('What bake and analyze look at.'),
  steps: z.array(stepDocument).min(1).max(200).describe('The instructions, in order.'),
  bakeAfterPromotion: durationText
    .optional()
    .describe('Time at 100 percent in which the metrics may still roll back.'),
}).meta({
  description: 'A named template of how a release gets its traffic.',
  examples: [
    {
      name: 'canary-10',
      waves: [{ clusters: ['eu-west'] }, { rest: true }],
      metrics: [
        {
          name: 'success-rate',
          query: { requestSuccessRate: {} },
          min: 99,
          interval: '10s',
          count: 3,
          minSample: 20,
          noData: { hold: { for: '2m', then: 'pause' } },
        },
      ],
      steps: [{ setWeight: 10 }, { analyze: {} }, { setWeight: 50 }, { bake: '30s' }],
      bakeAfterPromotion: '1m',
    },
  ],
});

export type StrategyDocument = z.input<typeof strategyDocument>;
export type ParsedStrategy = z.output<typeof strategyDocument>;

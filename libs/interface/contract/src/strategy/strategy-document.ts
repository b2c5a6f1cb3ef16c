import { z } from 'zod';
import { document } from '../schema/document.js';
import { count, durationText, nameText, percent, positiveDurationText } from '../schema/scalars.js';
import { verifyLevel } from '../release/plan-view.js';
import { isToken } from '../traffic/match-rules.js';
import { hookDocument } from './hook-document.js';
import { analysisDocument } from './judge-document.js';
import { metricDocument } from './metric-document.js';
import { limitsDocument } from './limits-document.js';
import { overrideDocument } from './override-document.js';
import { stepDocument } from './step-document.js';
import { waveDocument } from './wave-document.js';

const unique = (metrics: readonly { readonly name: string }[]): boolean =>
  new Set(metrics.map(({ name }) => name)).size === metrics.length;

const stickyDocument = document({
  cookie: z
    .string()
    .min(1)
    .max(100)
    .refine(isToken, {
      error: (issue) => `${JSON.stringify(issue.input)} is not the name of a cookie`,
    })
    .describe('Name of the cookie; its value is the release with the version.'),
  lifetime: positiveDurationText.describe('How long it is kept from the first answer on.'),
});

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
  maxUnavailablePercent: percent
    .optional()
    .describe('The same as a share of its clusters, rounded down; the greater of the two counts.'),
  overrides: z
    .array(overrideDocument)
    .max(100)
    .default([])
    .describe('What is different in some clusters.'),
  limits: limitsDocument
    .optional()
    .describe('How far the steps go by themselves; what is beyond waits for a promotion.'),
  rollBack: z
    .enum(['everywhere', 'wave'])
    .default('everywhere')
    .describe(
      'Where traffic is taken back when the candidate fails: in all clusters, or in its wave, which then waits for somebody.',
    ),
  metrics: z
    .array(metricDocument)
    .max(50)
    .refine(unique, { error: 'names a metric twice' })
    .default([])
    .describe('What bake and analyze look at.'),
  steps: z.array(stepDocument).min(1).max(200).describe('The instructions, in order.'),
  sticky: stickyDocument
    .optional()
    .describe('Whoever got a version by weight keeps it, until the release is over.'),
  analysis: analysisDocument
    .optional()
    .describe(
      'What comparisons of candidate and stable may spend together. Default: 1 % in a release.',
    ),
  verify: verifyLevel.default('readBack'),
  rollbackGate: nameText
    .optional()
    .describe('A gate of the service that, while it is open, takes all traffic back.'),
  hooks: z
    .array(hookDocument)
    .max(20)
    .default([])
    .describe('Addresses outside that are asked, or told, what a release does.'),
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

import type { Verdict } from '@spillway/domain-analysis';
import { z } from 'zod';

const armView = z
  .object({
    n: z.number().describe('Requests, or measured points.'),
    errors: z.number().optional().describe('Of them, those that failed.'),
  })
  .describe('One version in this step.');

const comparisonView = z
  .object({
    judge: z.enum(['errorCount', 'latency', 'mannWhitney', 'kayenta']).describe('Who compared.'),
    candidate: armView.describe('The candidate in this step.'),
    stable: armView.describe('The stable version in this step.'),
    estimate: z
      .number()
      .optional()
      .describe(
        'Of error rates and quantiles: how many times stable’s; of other values: the shift.',
      ),
    low: z.number().optional().describe('Lower end of its interval.'),
    high: z.number().optional().describe('Upper end; absent where there is none.'),
    logE: z.number().optional().describe('Natural logarithm of the step’s e-value here.'),
    pValue: z.number().optional().describe('Of judges without an e-value; corrected for looks.'),
    isEnough: z.boolean().describe('Whether there was enough to let it pass.'),
    because: z.string().describe('In a sentence, with the figures.'),
  })
  .describe('What comparing the versions gave in one cluster and step.');

const standingView = z
  .object({
    alpha: z.number().describe('The metric’s share of what the release may spend.'),
    logE: z
      .number()
      .optional()
      .describe('Evidence of harm, natural logarithm of the e-value: ln(1/alpha) is enough.'),
    pValue: z.number().describe('The same as a p-value.'),
  })
  .describe('What a metric has shown over all clusters and steps so far.');

const evidenceView = z
  .object({
    metric: z.string().describe('Name of the metric.'),
    cluster: z.string().describe('Where it was measured.'),
    measured: z.int().describe('Measurements so far.'),
    passed: z.int().describe('Within the bounds.'),
    failed: z.int().describe('Outside of the bounds.'),
    belowMinSample: z.int().describe('With too few requests to say anything.'),
    empty: z.int().describe('Without an answer.'),
    notANumber: z.int().describe('Answered with no number.'),
    consecutiveErrors: z.int().describe('Queries in a row that went wrong, up to now.'),
    lastValue: z.number().optional().describe('The candidate’s last value.'),
    lastStableValue: z.number().optional().describe('The stable version’s last value.'),
    requests: z.number().describe('Requests of the candidate in all windows together.'),
    comparison: comparisonView
      .optional()
      .describe('What comparing the versions gave in this cluster and step.'),
    standing: standingView
      .optional()
      .describe('What the metric has shown over all clusters and steps so far.'),
  })
  .describe('The figures behind a verdict.');

export const verdictView = z
  .object({
    kind: z
      .enum(['pass', 'fail', 'inconclusive', 'noData', 'running', 'splitNotInForce'])
      .describe('The verdict.'),
    because: z.string().describe('In a sentence, with the figures.'),
    evidence: evidenceView,
  })
  .describe('What one metric said in one cluster.');

export type VerdictView = z.output<typeof verdictView>;

export const toVerdictView = ({ kind, because, evidence }: Verdict): VerdictView => ({
  kind,
  because,
  evidence: { ...evidence },
});

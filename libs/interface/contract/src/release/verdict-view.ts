import type { Verdict } from '@spillway/domain-analysis';
import { z } from 'zod';

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
  })
  .describe('The figures behind a verdict.');

export const verdictView = z
  .object({
    kind: z.enum(['pass', 'fail', 'inconclusive', 'noData', 'running']).describe('The verdict.'),
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

import type {
  KayentaGroupScore,
  KayentaScoredMetric,
  KayentaScoreEvidence,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import type { Fields } from '../offline-judge.js';
import { number } from './figures.js';
import { kayentaClass, kayentaEvidence } from './kayenta-evidence.js';

const group = z
  .object({
    name: z.string(),
    score: number.describe('100 · passed / counted; 100 where that is 0 / 0.'),
    noData: z.boolean(),
    weight: number.describe('Percent.'),
    metrics: z.int(),
    passed: z.int(),
    counted: z.int().describe('All but Nodata and Error.'),
  } satisfies Fields<KayentaGroupScore>)
  .meta({ id: 'KayentaGroupScore', description: 'Score of a group.' });

const judgement = z
  .object({
    kind: z.enum(['pass', 'fail', 'inconclusive', 'noData', 'splitNotInForce']),
    because: z.string(),
    evidence: kayentaEvidence,
  })
  .describe('Where the metric was judged here.');

const metric = z
  .object({
    name: z.string(),
    groups: z.array(z.string()),
    class: kayentaClass,
    critical: z.boolean(),
    muted: z.boolean(),
    judgement: judgement.exactOptional(),
    isBlind: z.boolean().describe('Called critical by its settings, and could not be judged.'),
  } satisfies Fields<KayentaScoredMetric>)
  .meta({ id: 'KayentaScoredMetric', description: 'A metric of the score.' });

export const kayentaScoreEvidence = z.object({
  score: number.describe('0 to 100, rounded half up to two decimals.'),
  classification: z.enum(['Pass', 'Marginal', 'Fail']),
  reason: z.string().exactOptional().describe('Why the score is 0 whatever the groups say.'),
  noDataPercent: number.exactOptional(),
  groups: z.array(group),
  metrics: z.array(metric),
  groupWeights: z.record(z.string(), number),
  pass: number,
  marginal: number,
} satisfies Fields<KayentaScoreEvidence>);

import {
  defaultErrorCountSettings as defaults,
  judgeErrorCounts,
  type CountLook,
  type ErrorCountMeasurements,
  type ErrorCountSettings,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { errorCountEvidence } from './evidence/error-count-evidence.js';
import { alpha, armCounts, atLeastZero, betaPrior, positive, weight } from './numbers.js';
import { offlineJudge, type Fields } from './offline-judge.js';
import { anyShape } from './shapes.js';

const settings = document({
  alpha: alpha.default(defaults.alpha),
  sides: z
    .enum(['one', 'two'])
    .default(defaults.sides)
    .describe('one: only a worse candidate is evidence. two: any difference is.'),
  maxRatio: positive
    .default(defaults.maxRatio)
    .describe('How many times stable’s error rate is still no harm.'),
  exposure: z
    .enum(['observed', 'programmed'])
    .default(defaults.exposure)
    .describe('The candidate’s share of requests: as counted, or the weight of the looks.'),
  prior: betaPrior(defaults.prior),
  minRequests: atLeastZero
    .default(defaults.minRequests)
    .describe('Requests of the candidate below which nothing is said.'),
  minErrors: atLeastZero
    .default(defaults.minErrors)
    .describe('Errors of both versions below which nothing is said.'),
  nonInferiority: document({ margin: positive })
    .exactOptional()
    .describe('Passes only where the upper limit of the ratio is below the margin.'),
} satisfies Fields<ErrorCountSettings>);

const lookFields = {
  candidate: armCounts,
  stable: armCounts,
  weight: weight.exactOptional(),
  segment: z
    .union([z.string(), z.number()])
    .exactOptional()
    .describe('Another segment begins where it changes.'),
} satisfies Fields<CountLook>;

const look = document(lookFields);

const measurements: z.ZodType<ErrorCountMeasurements> = anyShape(
  'looks, or one look itself: candidate and stable',
  [
    document({
      looks: z
        .array(look)
        .describe('In the order of time; each what was counted since the one before.'),
    }),
    look,
  ],
).transform((given) => ('looks' in given ? given : { looks: [given] }));

export const errorCount = offlineJudge({
  about: 'Failed requests of both versions, by an e-process that may look at any time.',
  settings,
  measurements,
  evidence: errorCountEvidence,
  judge: judgeErrorCounts,
});

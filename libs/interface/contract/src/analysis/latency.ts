import {
  defaultLatencySettings as defaults,
  judgeLatency,
  type LatencyHistogram,
  type LatencyLook,
  type LatencyMeasurements,
  type LatencySettings,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { latencyEvidence } from './evidence/latency-evidence.js';
import { alpha, atLeastZero, betaPrior, insideShare, positive, weight } from './numbers.js';
import { offlineJudge, type Fields } from './offline-judge.js';
import { anyShape } from './shapes.js';

const settings = document({
  alpha: alpha.default(defaults.alpha),
  quantile: insideShare
    .default(defaults.quantile)
    .describe('The quantile that is estimated and shown; harm is looked for at every bound.'),
  minRequests: atLeastZero
    .default(defaults.minRequests)
    .describe('Requests of each version below which a candidate does not pass.'),
  maxRatio: positive
    .default(defaults.maxRatio)
    .describe('How many times stable’s odds of being slower than a bound are still no harm.'),
  tolerance: atLeastZero
    .default(defaults.tolerance)
    .describe('By which fraction of the latency the candidate may be slower.'),
  alternatives: z
    .array(z.number().gt(1))
    .min(1)
    .default([...defaults.alternatives])
    .describe('Odds ratios that are looked for, as multiples of maxRatio.'),
  prior: betaPrior(defaults.prior),
  tOpt: positive
    .default(defaults.tOpt)
    .describe('Requests of a version at which the interval of the quantile is tightest.'),
} satisfies Fields<LatencySettings>);

const upperBounds = z
  .array(z.number())
  .min(1)
  .refine((bounds) => bounds.every((bound, i) => bound > (bounds[i - 1] ?? -Infinity)), {
    error: 'must ascend',
  })
  .describe('Finite, ascending, in milliseconds.');

const counts = z
  .array(atLeastZero)
  .describe('One more than bounds, not cumulative; the last took longer than all bounds.');

const look = document({
  candidate: counts,
  stable: counts,
  weight: weight.exactOptional(),
} satisfies Fields<LatencyLook>);

/** Names the first list that does not fit the bounds. */
const fits = (bounds: readonly number[], given: readonly number[]): boolean =>
  given.length === bounds.length + 1;

const oneMore = 'must have one count more than there are bounds';

export const histogram = document({ upperBounds, counts } satisfies Fields<LatencyHistogram>)
  .refine((given) => fits(given.upperBounds, given.counts), { error: oneMore, path: ['counts'] })
  .meta({ id: 'LatencyHistogram', description: 'Requests by latency.' });

const manyLooks = document({
  upperBounds,
  looks: z
    .array(look)
    .describe('In the order of time; each what was counted since the one before.'),
}).superRefine((given, context) => {
  for (const [i, each] of given.looks.entries()) {
    for (const arm of ['candidate', 'stable'] as const) {
      if (fits(given.upperBounds, each[arm])) continue;
      context.addIssue({ code: 'custom', message: oneMore, path: ['looks', i, arm] });
    }
  }
});

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((bound, i) => bound === b[i]);

const pair = document({
  candidate: histogram,
  stable: histogram,
  weight: weight.exactOptional(),
}).refine(({ candidate, stable }) => isSame(candidate.upperBounds, stable.upperBounds), {
  error: 'must have the same bounds as the candidate',
  path: ['stable', 'upperBounds'],
});

const measurements: z.ZodType<LatencyMeasurements> = anyShape(
  'upperBounds and looks, or a pair of histograms: candidate and stable',
  [manyLooks, pair],
).transform((given) => {
  if ('looks' in given) return given;
  const { candidate, stable, weight: programmed } = given;
  return {
    upperBounds: candidate.upperBounds,
    looks: [
      {
        candidate: candidate.counts,
        stable: stable.counts,
        ...(programmed === undefined ? {} : { weight: programmed }),
      },
    ],
  };
});

export const latency = offlineJudge({
  about: 'Requests of both versions by latency, at every bound; may look at any time.',
  settings,
  measurements,
  evidence: latencyEvidence,
  judge: judgeLatency,
});

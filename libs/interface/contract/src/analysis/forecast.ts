import {
  defaultDetectionPlan as defaults,
  describeForecast,
  detectionChance,
  forecastDetection,
  minimumRequests,
  smallestDetectableRatio,
  type DetectionPlan,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { gathered, readArguments } from './argument-judge.js';
import { inWords, jsonNumber } from './non-finite.js';
import { alpha, atLeastZero, insideShare, positive, share } from './numbers.js';
import { unlessRefused, type Fields, type OfflineJudge } from './offline-judge.js';

const traffic = {
  requestsPerSecond: atLeastZero.describe('Of both versions together.'),
  errorRate: share.describe('Share of stable’s requests that fail, 0 to 1.'),
};

const plan = {
  ...traffic,
  weight: share.describe('The candidate’s share of requests, 0 to 1.'),
  ratio: positive
    .default(defaults.ratio)
    .describe('How many times stable’s error rate the candidate’s would be.'),
  maxRatio: positive.default(defaults.maxRatio).describe('The ratio that is allowed.'),
  alpha: alpha.default(defaults.alpha).describe('What this one test may spend.'),
  lookEvery: positive.default(defaults.lookEvery).describe('Seconds from look to look.'),
  power: insideShare
    .default(defaults.power)
    .describe('How sure the finding must be: 0.9 is nine cases of ten.'),
  horizon: z
    .union([atLeastZero, z.literal('Infinity').transform(() => Infinity)])
    .default(defaults.horizon)
    .describe('Seconds after which nobody waits any longer; a number or "Infinity".'),
} satisfies Fields<DetectionPlan>;

const all = document({
  ...plan,
  seconds: atLeastZero
    .exactOptional()
    .describe('Length of a step: what is found within it, and what cannot be.'),
});

const evidence = z.object({
  plan: z.object(
    Object.fromEntries(Object.keys(plan).map((name) => [name, jsonNumber])) as Record<
      keyof DetectionPlan,
      typeof jsonNumber
    >,
  ),
  kind: z.enum(['found', 'tooSlow', 'impossible']),
  why: z
    .enum(['noTraffic', 'noErrors', 'noCandidate', 'noStable', 'notWorse'])
    .exactOptional()
    .describe('Why no length of time is enough.'),
  medianSeconds: z.number().exactOptional().describe('After which half of all cases are found.'),
  quantileSeconds: z.number().exactOptional().describe('After which the share power of them is.'),
  chance: z.number().exactOptional().describe('Share of cases found within the horizon.'),
  requestsNeeded: z
    .object({ total: z.number(), candidate: z.number() })
    .exactOptional()
    .describe('Whatever the traffic is.'),
  within: z
    .object({
      seconds: z.number(),
      chance: z.number().describe('Share of cases found within the step.'),
      smallestRatio: z
        .number()
        .exactOptional()
        .describe('The smallest that is found with the power asked for; absent where none is.'),
    })
    .exactOptional()
    .describe('With seconds.'),
});

/** Both parts take any of the arguments, and need all of them together. */
const some = all.partial();

export const forecast: OfflineJudge = {
  about: 'How long the test of error counts takes to find a given harm; computed, judges nothing.',
  settings: some.describe('Arguments may stand in settings or in measurements.'),
  measurements: some.describe('Usually requestsPerSecond and errorRate.'),
  evidence,
  judge: (input) => {
    const given = gathered(input);
    if (!given.ok) return given;
    const read = readArguments(all, given.value, input);
    if (!read.ok) return read;
    return unlessRefused(() => judge(read.value));
  },
};

function judge({ seconds, ...asked }: z.output<typeof all>) {
  const found = forecastDetection(asked);
  const needed = minimumRequests(asked);
  const { plan: planned, ...figures } = found;
  const shown: z.output<typeof evidence> = {
    plan: Object.fromEntries(
      Object.entries(planned).map(([name, value]) => [name, inWords(value as number)]),
    ) as z.output<typeof evidence>['plan'],
    ...figures,
    ...(needed === undefined ? {} : { requestsNeeded: needed }),
    ...(seconds === undefined ? {} : { within: within(asked, seconds) }),
  };
  return { verdict: 'computed', because: describeForecast(found), evidence: shown } as const;
}

function within(asked: DetectionPlan, seconds: number) {
  const smallestRatio = smallestDetectableRatio(asked, seconds);
  return {
    seconds,
    chance: detectionChance(asked, seconds),
    ...(smallestRatio === undefined ? {} : { smallestRatio }),
  };
}

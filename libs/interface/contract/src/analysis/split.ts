import {
  defaultSplitSettings as defaults,
  judgeSplit,
  type SplitLook,
  type SplitMeasurements,
  type SplitSettings,
} from '@spillway/domain-analysis';
import { refusal, type Refusal } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { splitEvidence } from './evidence/split-evidence.js';
import { alpha, atLeastZero, positive, share } from './numbers.js';
import { offlineJudge, type Fields } from './offline-judge.js';
import { anyShape } from './shapes.js';

const settings = document({
  shares: z
    .array(atLeastZero)
    .min(1)
    .refine((shares) => shares.some((one) => one > 0), { error: 'must not all be 0' })
    .describe('As programmed, one for each version: shares or weights, of any sum.'),
  alpha: alpha.default(defaults.alpha),
  concentration: z
    .array(positive)
    .exactOptional()
    .describe('Of the Dirichlet prior, one for each share. Default: all 1.'),
  minRequests: atLeastZero
    .default(defaults.minRequests)
    .describe('Requests of all versions below which a split is not said to fit.'),
  tolerance: share
    .default(defaults.tolerance)
    .describe('Share of requests that versions with a share of 0 may get together.'),
} satisfies Fields<SplitSettings>);

const names = {
  cluster: z.string().exactOptional().describe('For people.'),
  arms: z.array(z.string()).exactOptional().describe('Names of the versions, for people.'),
};

const lookFields = {
  counts: z.array(atLeastZero).describe('Requests of each version, in the order of the shares.'),
} satisfies Fields<SplitLook>;

const measurements: z.ZodType<SplitMeasurements> = anyShape('looks, or one look itself: counts', [
  document({
    looks: z
      .array(document(lookFields))
      .describe('In the order of time; each what was counted since the one before.'),
    ...names,
  }),
  document({ ...lookFields, ...names }),
]).transform((given) => {
  if ('looks' in given) return given;
  const { counts, ...rest } = given;
  return { ...rest, looks: [{ counts }] };
});

const unequal = (field: string, found: number, wanted: number): Refusal =>
  refusal(
    'INVALID_INPUT',
    `${field}: has ${found} numbers for ${wanted} shares.`,
    'Give one for each share.',
    field,
  );

function refuse({ looks }: SplitMeasurements, { shares, concentration }: SplitSettings) {
  if (concentration !== undefined && concentration.length !== shares.length) {
    return unequal('settings.concentration', concentration.length, shares.length);
  }
  const wrong = looks.findIndex(({ counts }) => counts.length !== shares.length);
  return wrong === -1
    ? undefined
    : unequal(
        `measurements.looks[${wrong}].counts`,
        looks[wrong]?.counts.length ?? 0,
        shares.length,
      );
}

export const split = offlineJudge({
  about: 'Whether requests are split between versions as programmed (sample-ratio mismatch).',
  settings,
  measurements,
  evidence: splitEvidence,
  refuse,
  judge: judgeSplit,
});

import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { largestInt, positiveDurationText } from '../schema/scalars.js';
import { clustersByLabel, clustersByName, pace, somePercent } from './cluster-choice.js';

const several = z.int().min(1, { error: 'must be 1 or more' }).max(largestInt).optional();

const everyWave = {
  pace: pace.optional().describe('Bakes and ramps take this many times as long here. Default: 1.'),
  atOnce: several.describe('Makes waves of at most so many clusters, one after the other.'),
  atOncePercent: somePercent
    .optional()
    .describe('The same as a share of these clusters, rounded down; one in any case.'),
  bakeAfter: positiveDurationText
    .optional()
    .describe('Time at 100 percent, still watched, before the next wave begins.'),
};

const isOneNumber = (wave: { readonly atOnce?: unknown; readonly atOncePercent?: unknown }) =>
  wave.atOnce === undefined || wave.atOncePercent === undefined;
const oneNumber = { error: 'give atOnce or atOncePercent, not both' };

export const waveDocument = oneOf(
  ['clusters', 'labels', 'rest'],
  [
    document({ clusters: clustersByName, ...everyWave }).refine(isOneNumber, oneNumber),
    document({ labels: clustersByLabel, ...everyWave }).refine(isOneNumber, oneNumber),
    document({
      rest: z.literal(true).describe('Every cluster that is left.'),
      ...everyWave,
    }).refine(isOneNumber, oneNumber),
  ],
).describe('Clusters that take a step together.');

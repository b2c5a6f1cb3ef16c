import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { labels, nameText } from '../schema/scalars.js';

const labelsOfClusters = labels.refine((wanted) => Object.keys(wanted).length > 0, {
  error: 'must name at least one label',
});

const pace = z
  .number()
  .gt(0, { error: 'must be more than 0; 2 takes twice as long' })
  .max(100, { error: 'must be at most 100; 2 takes twice as long' })
  .optional()
  .describe('Bakes and ramps take this many times as long here. Default: 1.');

export const waveDocument = oneOf(
  ['clusters', 'labels', 'rest'],
  [
    document({ clusters: z.array(nameText).min(1).describe('These clusters.'), pace }),
    document({
      labels: labelsOfClusters.describe('Clusters that have all of these labels.'),
      pace,
    }),
    document({ rest: z.literal(true).describe('Every cluster that is left.'), pace }),
  ],
).describe('Clusters that take a step together.');

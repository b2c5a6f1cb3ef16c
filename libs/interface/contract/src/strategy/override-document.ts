import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { nameText } from '../schema/scalars.js';
import { clustersByLabel, clustersByName, pace } from './cluster-choice.js';

const boundsDocument = document({
  metric: nameText.describe('A metric of the strategy, or of one of its analyze steps.'),
  min: z.number().optional().describe('Less than this fails, instead of its own min.'),
  max: z.number().optional().describe('More than this fails, instead of its own max.'),
})
  .refine(({ min, max }) => min !== undefined || max !== undefined, {
    error: 'give min, max or both',
  })
  .describe('Other limits of a metric in these clusters.');

const different = {
  pace: pace
    .optional()
    .describe('Bakes and ramps take this many times as long; a wave goes by its slowest cluster.'),
  bounds: z
    .array(boundsDocument)
    .max(50)
    .optional()
    .describe('Other limits of metrics here; the same measurements.'),
};

export const overrideDocument = oneOf(
  ['clusters', 'labels'],
  [
    document({ clusters: clustersByName, ...different }),
    document({ labels: clustersByLabel, ...different }),
  ],
).describe(
  'What is different in some clusters. Of two that name the same cluster the first counts.',
);

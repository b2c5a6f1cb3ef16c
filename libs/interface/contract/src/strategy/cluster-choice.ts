import { z } from 'zod';
import { labels, nameText, percent } from '../schema/scalars.js';

export const clustersByName = z.array(nameText).min(1).describe('These clusters.');

export const clustersByLabel = labels
  .refine((wanted) => Object.keys(wanted).length > 0, { error: 'must name at least one label' })
  .describe('Clusters that have all of these labels.');

/** How many times as long things take. */
export const pace = z
  .number()
  .gt(0, { error: 'must be more than 0; 2 takes twice as long' })
  .max(100, { error: 'must be at most 100; 2 takes twice as long' });

export const somePercent = percent.refine((n) => n > 0, { error: 'must be more than 0 percent' });

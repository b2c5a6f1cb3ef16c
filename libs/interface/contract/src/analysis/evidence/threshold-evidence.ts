import { z } from 'zod';
import { verdictView } from '../../release/verdict-view.js';

/** As a release shows it. */
const { shape } = verdictView.shape.evidence;

export const thresholdEvidence = z.object({
  ...shape,
  until: z.string().exactOptional().describe('noData: until when it is waited for.'),
  then: z.enum(['rollback', 'pause']).exactOptional().describe('noData: what happens then.'),
  decides: z.boolean().describe('false for a dry run.'),
});

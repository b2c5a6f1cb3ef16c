import { z } from 'zod';

export const pushedView = z
  .object({ accepted: z.int().describe('How many measurements were taken: all that were sent.') })
  .describe('What became of pushed measurements.');

export type PushedView = z.output<typeof pushedView>;

import { z } from 'zod';

export const number = z.number();
export const count = z.number().describe('A number of requests or errors.');
export const logE = z.number().describe('Natural logarithm of the e-value, at the last look.');
export const eValue = z
  .number()
  .exactOptional()
  .describe('The e-value itself; absent where it is too large for a number.');

export const crossing = z
  .object({
    look: z.int().describe('Counted from 1.'),
    logE: z.number().describe('At that look.'),
  })
  .meta({ id: 'Crossing', description: 'The first look at which the threshold was reached.' });

/** Of all judges that may look at any time. */
export const eProcess = {
  logE,
  eValue,
  maxLogE: z.number().describe('The most at any look; 0 where it never rose.'),
  pValue: z.number().describe('Always valid: the least of 1/E over all looks, 1 at the most.'),
  alpha: z.number(),
  threshold: z.number().describe('1/alpha: where E reaches it, the hypothesis is rejected.'),
};

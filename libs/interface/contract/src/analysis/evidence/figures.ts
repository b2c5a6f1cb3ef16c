import { z } from 'zod';
import { jsonNumber } from '../non-finite.js';

export const number = jsonNumber;
export const count = number.describe('A number of requests or errors.');
export const logE = number.describe('Natural logarithm of the e-value, at the last look.');
export const eValue = number
  .exactOptional()
  .describe('The e-value itself; absent where it is too large for a number.');

export const crossing = z
  .object({
    look: z.int().describe('Counted from 1.'),
    logE: number.describe('At that look.'),
  })
  .meta({ id: 'Crossing', description: 'The first look at which the threshold was reached.' });

/** Of all judges that may look at any time. */
export const eProcess = {
  logE,
  eValue,
  maxLogE: number.describe('The most at any look; 0 where it never rose.'),
  pValue: number.describe('Always valid: the least of 1/E over all looks, 1 at the most.'),
  alpha: number,
  threshold: number.describe('1/alpha: where E reaches it, the hypothesis is rejected.'),
};

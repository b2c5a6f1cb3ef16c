import { expect, it } from '@jest/globals';
import { retryDelay } from './perform.js';

it('waits longer after each failure, and half a minute at most', () => {
  const delays = [0, 1, 2, 3, 4, 5, 6, 7, 10_000].map(retryDelay);
  expect(delays).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

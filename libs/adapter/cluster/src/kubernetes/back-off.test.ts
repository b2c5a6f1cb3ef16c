import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { backOff } from './back-off.js';

const start = instant(1_000_000);
const waits = (after: number, chance: number): number[] =>
  [1, 2, 3, 4, 5, 6, 40, 4_000].map((n) => backOff(n, start, instant(start + after), chance));

describe('back-off', () => {
  it('doubles from a tenth of a second to one second in the first minute', () => {
    expect(waits(59_999, 1)).toEqual([100, 200, 400, 800, 1_000, 1_000, 1_000, 1_000]);
  });

  it('goes up to fifteen seconds after that', () => {
    expect(waits(60_000, 1)).toEqual([100, 200, 400, 800, 1_600, 3_200, 15_000, 15_000]);
  });

  it('leaves half of the wait to chance', () => {
    expect(waits(0, 0)).toEqual([50, 100, 200, 400, 500, 500, 500, 500]);
  });
});

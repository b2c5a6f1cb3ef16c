import { expect, it } from '@jest/globals';
import { liveThroughGates } from './gated-night.js';

const nights = 12;

it('skips no gate and raises nothing in a freeze, whatever fails', async () => {
  const ends = new Set<string>();
  for (let seed = 1; seed <= nights; seed += 1) {
    try {
      ends.add(await liveThroughGates(seed));
    } catch (error) {
      throw new Error(`night ${seed}`, { cause: error });
    }
  }
  expect(ends).toContain('succeeded');
}, 120_000);

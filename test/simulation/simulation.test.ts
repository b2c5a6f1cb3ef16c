import { describe, expect, it } from '@jest/globals';
import { liveThrough } from './night.js';

/** `SIMULATION_SEED=7 npm run simulate` lives through that night alone. */
const only = process.env['SIMULATION_SEED'];
const nights = Number(process.env['SIMULATION_NIGHTS'] ?? 60);
const seeds = only === undefined ? Array.from({ length: nights }, (_, i) => i + 1) : [Number(only)];

describe('a release through a night of faults', () => {
  it.each(seeds)('keeps every promise and comes to its end (seed %i)', async (seed) => {
    await liveThrough(seed);
  });

  it('is the same night when the seed is the same', async () => {
    expect(await liveThrough(5)).toEqual(await liveThrough(5));
  });
});

import { expect, it } from '@jest/globals';
import { liveThroughBusy } from './busy-night.js';

const nights = Math.ceil(Number(process.env['SIMULATION_NIGHTS'] ?? 60) / 4);
const ends = new Set<string>();

it.each(Array.from({ length: nights }, (_, i) => i + 1))(
  'gives a service to one release after another, and each its end (seed %i)',
  async (seed) => {
    for (const end of await liveThroughBusy(seed)) ends.add(end);
  },
  60_000,
);

it('came by every end', () => {
  expect([...ends].toSorted()).toEqual(['cancelled', 'rolledBack', 'succeeded', 'superseded']);
});

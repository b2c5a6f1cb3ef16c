import { expect, it } from '@jest/globals';
import { everySecondNight } from './share.js';

/** A file of its own, so that two cores share the nights. */
it('keeps every promise through the even nights', async () => {
  const tally = await everySecondNight(2, 50_000);
  expect(tally.events).toBeGreaterThanOrEqual(50_000);
}, 300_000);

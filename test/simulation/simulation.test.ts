import { expect, it } from '@jest/globals';
import { kinds } from './act/acts.js';
import { everySecondNight } from './share.js';

it('keeps every promise through the odd nights, and comes by every end and every fault', async () => {
  const tally = await everySecondNight(1, 50_000);
  expect(tally.endsSeen()).toEqual(['cancelled', 'rolledBack', 'succeeded', 'superseded']);
  const happened = [...tally.happened().keys()].map((what) => what.slice(what.indexOf(' ') + 1));
  expect(kinds.filter((kind) => !happened.includes(kind))).toEqual([]);
}, 300_000);

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { waitForRelease, type ReleaseEvent } from '@spillway/sdk';
import { Dice } from '../../simulation/dice.js';
import { Stage } from './stage.js';

const kills = 20;
/** Longer than a quick release takes, so that kills fall everywhere in it and sometimes after it. */
const spread = 2_500;

describe('workers that are killed with SIGKILL', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  }, 1_200_000);
  afterAll(() => stage.stop());

  it(`end every release right at ${kills} random moments, with no step twice and no event missing`, async () => {
    const dice = new Dice(20_261_121);
    for (let kill = 0; kill < kills; kill += 1) {
      const candidate = kill % 2 === 0 ? 'v2' : 'v1';
      const { id } = await stage.client.releases.start({
        service: 'shop/catalog',
        candidate,
        strategy: 'quick',
      });
      await pause(dice.under(spread));
      const next = stage.startWorker();
      await stage.worker.kill();
      stage.worker = await next;
      const release = await waitForRelease(stage.client, id, { timeoutMs: 60_000 });
      expect(release).toMatchObject({ phase: 'succeeded' });
      checkHistory(await stage.events(id), release.progress.steps);
      await stage.routedTo(candidate);
    }
    expect(stage.broken()).toBe(0);
  }, 600_000);
});

/** Every sequence number, every step begun and ended once and in order, every generation once. */
function checkHistory(events: readonly ReleaseEvent[], steps: number): void {
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
  const indexesOf = (type: string): unknown[] =>
    events.filter((event) => event.type === type).map(({ step }) => step);
  const every = Array.from({ length: steps }, (_, i) => i);
  expect(indexesOf('stepStarted')).toEqual(every);
  expect(indexesOf('stepCompleted')).toEqual(every);
  const shifts = events.filter(({ type }) => type === 'trafficShifted');
  const generations = shifts.map(({ traffic }) => traffic?.generation ?? 0);
  expect(generations).toEqual([...new Set(generations)].sort((a, b) => a - b));
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from '../src/index.js';
import { say } from '../src/say.js';
import { Stage, clusterNames } from './stage.js';

const writes = new Set(['create', 'update', 'patch', 'delete']);
const isWrite = ({ verb }: Call): boolean => writes.has(verb);

describe('what Spillway costs a cluster', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  }, 1_200_000);
  afterAll(() => stage.stop());

  it('one write and no read for each step and cluster', async () => {
    const { id } = await stage.client.releases.start({
      service: 'shop/catalog',
      candidate: 'v2',
      strategy: 'quick',
    });
    const release = await stage.phase(id, 'succeeded');
    const shifts = (await stage.events(id)).filter(({ type }) => type === 'trafficShifted');
    const first = Date.parse(shifts[0]?.at ?? '');
    const ended = Date.parse(release.endedAt ?? '');
    for (const name of clusterNames) {
      const steps = shifts.filter(({ traffic }) =>
        traffic?.clusters.some(({ cluster }) => cluster === name),
      ).length;
      const calls = await stage.calls(name, first, ended);
      const made = {
        writes: calls.filter(isWrite).length,
        reads: calls.filter((c) => !isWrite(c)).length,
      };
      say(`${name}: ${made.writes} writes and ${made.reads} reads for ${steps} steps`);
      expect(made).toEqual({ writes: steps, reads: 0 });
    }
  });

  it('nothing at all in 60 idle seconds', async () => {
    // The old subset of the release before is removed half a minute after its last route.
    await pause(35_000);
    const since = Date.now();
    await pause(60_000);
    for (const name of clusterNames) {
      const calls = await stage.calls(name, since);
      say(`${name}: ${calls.length} calls in 60 idle seconds`);
      expect(calls).toEqual([]);
    }
  }, 150_000);

  it('the time from an accepted abort to the last cluster', async () => {
    const times: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      const { id } = await stage.client.releases.start({
        service: 'shop/catalog',
        candidate: 'v1',
        strategy: 'waiting',
      });
      await stage.phase(id, 'paused');
      const asked = Date.now();
      await stage.client.releases.abort(id);
      const accepted = Date.now();
      await stage.phase(id, 'rolledBack');
      const last = await lastRollbackWrite(stage, asked);
      times.push(Math.max(0, last - accepted));
    }
    times.sort((a, b) => a - b);
    say(
      `abort accepted → last cluster written: median ${times[2]} ms, max ${times.at(-1)} ms of ${times.length}`,
    );
    expect(times.at(-1)).toBeLessThan(1_000);
  });
});

/** When the slower of the clusters got the VirtualService that takes the traffic back. */
async function lastRollbackWrite(stage: Stage, since: number): Promise<number> {
  const moments = await Promise.all(
    clusterNames.map(async (name) => {
      const calls = await stage.calls(name, since);
      const write = calls.find((c) => isWrite(c) && c.resource === 'virtualservices');
      if (write === undefined) throw new Error(`no write reached ${name}`);
      return write.at;
    }),
  );
  return Math.max(...moments);
}

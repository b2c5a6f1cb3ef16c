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

  it.each([
    ['managed', 2],
    ['adopted', 1],
  ])(
    'one write and no read for each step and cluster, when it is %s',
    async (ownership, prepared) => {
      const service = ownership === 'adopted' ? await adopt(stage) : 'shop/catalog';
      const { id } = await stage.client.releases.start({
        service,
        candidate: 'v2',
        strategy: 'quick',
      });
      const release = await stage.phase(id, 'succeeded');
      const events = await stage.events(id);
      const shifts = events.filter(({ type }) => type === 'trafficShifted');
      // An event has the time at which its transaction began: what it saw may be a little younger.
      const began = Date.parse(events.find(({ type }) => type === 'preparationStarted')?.at ?? '');
      const first = Date.parse(shifts[0]?.at ?? '');
      const ended = Date.parse(release.endedAt ?? '');
      for (const name of clusterNames) {
        const steps = shifts.filter(({ traffic }) =>
          traffic?.clusters.some(({ cluster }) => cluster === name),
        ).length;
        const calls = await stage.calls(name, began, ended);
        const made = {
          writes: calls.filter(isWrite).length - prepared,
          reads: calls.filter((c) => !isWrite(c) && c.at >= first).length,
        };
        say(
          `${name}, ${ownership}: ${made.writes} writes and ${made.reads} reads for ${steps} steps`,
        );
        expect(made).toEqual({ writes: steps, reads: 0 });
      }
    },
  );

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

/** A service whose VirtualService people have in each cluster. Gives its name. */
async function adopt(stage: Stage): Promise<string> {
  const namespace = 'shop';
  const name = 'pricing';
  for (const cluster of clusterNames) {
    const { admin } = stage.site(cluster).cluster;
    await admin.createService({ namespace, name });
    for (const version of ['v1', 'v2']) await admin.setPods({ namespace, name }, version, 1);
    const route = [{ destination: { host: name, subset: 'v1' } }];
    await admin.apply(`/apis/networking.istio.io/v1/namespaces/${namespace}/virtualservices`, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name, namespace },
      spec: { hosts: [name], http: [{ name: 'all', timeout: '3s', route }] },
    });
  }
  const service = `${namespace}/${name}`;
  await stage.client.services.put({
    name: service,
    port: 80,
    stable: 'v1',
    clusters: [...clusterNames],
    routing: { adopt: { virtualService: name } },
  });
  return service;
}

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

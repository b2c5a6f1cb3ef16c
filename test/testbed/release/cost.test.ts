import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReleaseEvent, StrategyDocument } from '@spillway/sdk';
import { until, type Call } from '../src/index.js';
import { say } from '../src/say.js';
import { catalog } from './documents.js';
import { Stage, clusterNames } from './stage.js';

const writes = new Set(['create', 'update', 'patch', 'delete']);
const isWrite = ({ verb }: Call): boolean => writes.has(verb);

/** Each step changes the routing; at the end all traffic is given, which is one more. */
const everyKind = {
  name: 'every-kind',
  waves: [{ clusters: ['eu-west'] }, { rest: true }],
  steps: [
    { route: { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] } },
    { mirror: { percent: 20, methods: 'safe' } },
    { mirror: 'off' },
    { setWeight: 10 },
    { removeRoute: 'testers' },
    { setWeight: 50 },
  ],
} satisfies StrategyDocument;

/**
 * Writes that are no step: the subsets and the first route, or the subsets and
 * leaving people's VirtualService. What nobody routes to goes half a minute later.
 */
const beside = 2;

/** Other services' writes may come at the same time. */
const isAbout = (service: string, { name = '' }: Call): boolean =>
  [service.replace('shop/', ''), 'pricing-routes'].some((prefix) => name.startsWith(prefix));

describe('what Spillway costs a cluster', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  }, 1_200_000);
  afterAll(() => stage.stop());

  it.each(['managed', 'adopted', 'delegated'] as const)(
    'one write and no read for each step and cluster, when it is %s',
    async (ownership) => {
      const service = ownership === 'managed' ? catalog.name : await owned(stage, ownership);
      await stage.client.strategies.put(everyKind);
      const { id } = await stage.client.releases.start({
        service,
        candidate: 'v2',
        strategy: everyKind.name,
      });
      await stage.phase(id, 'succeeded');
      const events = await stage.events(id);
      const shifts = events.filter(({ type }) => type === 'trafficShifted');
      // An event has the time at which its transaction began: what it saw may be a little younger.
      const timeOf = (wanted: ReleaseEvent['type']): number =>
        Date.parse(events.find(({ type }) => type === wanted)?.at ?? '');
      for (const name of clusterNames) {
        const steps = shifts.filter(({ traffic }) =>
          traffic?.clusters.some(({ cluster }) => cluster === name),
        ).length;
        expect(steps).toBe(everyKind.steps.length + 1);
        const writesSince = async (since: number): Promise<number> => {
          const calls = await stage.calls(name, since);
          return calls.filter((call) => isWrite(call) && isAbout(service, call)).length;
        };
        const all = async () => (await writesSince(timeOf('preparationStarted'))) >= steps + beside;
        await until(all, { what: `${name} has all writes`, withinMs: 10_000 });
        const calls = await stage.calls(name, timeOf('trafficShifted'), timeOf('succeeded'));
        const made = {
          writes: (await writesSince(timeOf('preparationStarted'))) - beside,
          reads: calls.filter((call) => !isWrite(call)).length,
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

/** A service whose VirtualService people have in each cluster, for Spillway to change or to be handed requests by. */
async function owned(stage: Stage, ownership: 'adopted' | 'delegated'): Promise<string> {
  const namespace = 'shop';
  const name = `pricing-${ownership}`;
  const isAdopted = ownership === 'adopted';
  const rule = isAdopted
    ? { name: 'all', timeout: '3s', route: [{ destination: { host: name, subset: 'v1' } }] }
    : { match: [{ uri: { prefix: '/' } }], delegate: { name: 'pricing-routes' } };
  for (const cluster of clusterNames) {
    const { admin } = stage.site(cluster).cluster;
    await admin.createService({ namespace, name });
    for (const version of ['v1', 'v2']) await admin.setPods({ namespace, name }, version, 1);
    await admin.apply(`/apis/networking.istio.io/v1/namespaces/${namespace}/virtualservices`, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name, namespace },
      spec: { hosts: [name], http: [rule] },
    });
  }
  const service = `${namespace}/${name}`;
  await stage.client.services.put({
    ...catalog,
    name: service,
    routing: isAdopted
      ? { adopt: { virtualService: service } }
      : { delegate: { virtualService: `${namespace}/pricing-routes` } },
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

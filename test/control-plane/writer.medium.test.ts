import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '@spillway/application/testing';
import { waitForRelease } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { documents } from './documents.js';
import { expectSoundHistory } from './history.js';
import { scrape, total } from './scrape.js';
import { openStage, readyStage, type Stage } from './stage.js';

let database: FreshDatabase;
let api: Stage;
let worker: Stage;
let writer: Stage;
beforeAll(async () => {
  database = await freshDatabase();
  const databaseUrl = database.url;
  api = await readyStage({ databaseUrl, role: 'api' });
  const { world } = api.controlPlane.engine;
  const open = async (role: 'worker' | 'writer') => {
    const stage = await openStage({ databaseUrl, role, world });
    await stage.controlPlane.started;
    return stage;
  };
  // In this order: the worker finds a writer when it looks for one.
  writer = await open('writer');
  worker = await open('worker');
});
afterAll(async () => {
  await Promise.all([api, worker].map((stage) => stage.stop()));
  await database.drop();
  expect([api, worker, writer].flatMap(({ log }) => log.errors)).toEqual([]);
});

const done = async (stage: Stage, kind: string): Promise<number> =>
  total(
    await scrape(stage),
    new RegExp(`^spillway_job_duration_seconds_count{kind="${kind}",outcome="done"`),
  );

const run = async (strategy: 'quick' | 'waiting') => {
  const wanted = { service: documents.service.name, candidate: 'v2', strategy };
  const { id } = await api.client.releases.start(wanted);
  return id;
};

it('writes what workers decide, and takes the traffic back', async () => {
  const id = await run('waiting');
  await until(async () => (await api.client.releases.get(id)).phase === 'paused');
  await api.client.releases.abort(id);
  const { phase } = await waitForRelease(api.client, id, { timeoutMs: 30_000 });
  expect(phase).toBe('rolledBack');
  await expectSoundHistory(api.controlPlane, id);
  const writes = await done(writer, 'apply');
  // Two clusters, a step and its way back; all of it, but what a busy machine made late.
  expect(writes).toBeGreaterThan(2);
  expect(writes).toBeGreaterThan(await done(worker, 'apply'));
  expect(await done(writer, 'reconcile')).toBe(0);
  expect((await scrape(writer)).get('spillway_workers')).toBe(1);
}, 60_000);

it('is not needed: workers go on when it is gone', async () => {
  await writer.stop();
  const id = await run('quick');
  const { phase } = await waitForRelease(api.client, id, { timeoutMs: 50_000 });
  expect(phase).toBe('succeeded');
  expect(await done(worker, 'apply')).toBeGreaterThan(2);
}, 60_000);

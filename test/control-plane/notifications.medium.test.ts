import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '@spillway/application/testing';
import { verifyWebhook, waitForRelease } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import pg from 'pg';
import { FailingServer, answer, hang } from '../notify/failing-server.js';
import { Cable } from './cable.js';
import { documents } from './documents.js';
import { historyOf } from './history.js';
import { openStage, readyStage, type Stage } from './stage.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const service = documents.service.name;

let database: FreshDatabase;
const servers: FailingServer[] = [];
const stages: Stage[] = [];
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.stop();
  for (const server of servers.splice(0)) await server.stop();
  await database.drop();
});

async function ready(role: 'api' | 'all' = 'all'): Promise<Stage> {
  const stage = await readyStage({ databaseUrl: database.url, role });
  stages.push(stage);
  await stage.client.secrets.put('signing', secret);
  return stage;
}

async function tell({ client }: Stage, name: string): Promise<FailingServer> {
  const server = new FailingServer();
  servers.push(server);
  const url = `${await server.start()}/`;
  const webhook = { url, signingSecret: { secret: 'signing' } };
  await client.notifications.put({ name, channel: { webhook }, filter: { severity: 'detail' } });
  return server;
}

interface Told {
  readonly id: string;
  readonly sequence: number;
}

/** In the order in which they came, repetitions included; each is what it says it is. */
const toldTo = (server: FailingServer): Promise<readonly Told[]> =>
  Promise.all(
    server.received.map(async ({ headers, body }) => {
      const { payload } = await verifyWebhook(
        { headers: headers as Record<string, string>, body },
        { secrets: secret },
      );
      const { data } = payload as unknown as { data: { event: { sequence: number } } };
      return { id: String(headers['webhook-id']), sequence: data.event.sequence };
    }),
  );

const firstTimes = (told: readonly Told[]): readonly number[] => [
  ...new Set(told.map(({ sequence }) => sequence)),
];

const everySequence = async (stage: Stage, id: string): Promise<readonly number[]> =>
  (await historyOf(stage.controlPlane, id)).events.map(({ sequence }) => sequence);

const start = (stage: Stage, strategy: string) =>
  stage.client.releases.start({ service, candidate: 'v2', strategy });

describe('endpoints', () => {
  it('are told every event in its order, whatever fails, and do not wait for each other', async () => {
    const stage = await ready();
    const [flaky, steady] = [await tell(stage, 'flaky'), await tell(stage, 'steady')];
    let failures = 3;
    flaky.behave = (request, response) => {
      failures -= 1;
      answer(failures >= 0 ? 503 : 204)(request, response);
    };
    const { id } = await start(stage, 'quick');
    await waitForRelease(stage.client, id, { timeoutMs: 30_000 });
    const expected = await everySequence(stage, id);
    await until(() => steady.received.length >= expected.length);
    expect((await toldTo(steady)).map(({ sequence }) => sequence)).toEqual(expected);
    await until(async () => firstTimes(await toldTo(flaky)).length === expected.length);
    const told = await toldTo(flaky);
    expect(told.slice(0, 4).map(({ sequence }) => sequence)).toEqual([1, 1, 1, 1]);
    expect(new Set(told.slice(0, 4).map((one) => one.id)).size).toBe(1);
    expect(told.slice(3).map(({ sequence }) => sequence)).toEqual(expected);
    const [first] = (
      await stage.client.deliveries.outgoing({ endpoint: 'flaky', limit: 200 })
    ).items.slice(-1);
    expect(first).toMatchObject({ state: 'delivered', tries: 4 });
    expect(first?.attempts.map(({ status }) => status)).toEqual([503, 503, 503, 204]);
    expect(stage.log.text).not.toContain(secret);
  }, 90_000);

  it('are told by another worker what one was telling when it died', async () => {
    const api = await ready('api');
    const server = await tell(api, 'ops');
    server.behave = hang;
    const cable = await Cable.to(database.url);
    const { world } = api.controlPlane.engine;
    const doomed = await openStage({ databaseUrl: cable.url, role: 'worker', world });
    stages.push(doomed);
    await doomed.controlPlane.started;
    const { id } = await start(api, 'quick');
    await until(() => server.received.length > 0);
    cable.cut();
    server.behave = answer(204);
    const heir = await openStage({ databaseUrl: database.url, role: 'worker', world });
    stages.push(heir);
    await waitForRelease(api.client, id, { timeoutMs: 60_000 });
    const expected = await everySequence(api, id);
    await until(async () => firstTimes(await toldTo(server)).length === expected.length);
    const told = await toldTo(server);
    expect(told.slice(0, 2)).toEqual([told[0], told[0]]);
    expect(firstTimes(told)).toEqual(expected);
    const ids = new Map(told.map((one) => [one.sequence, one.id]));
    expect(told.every((one) => ids.get(one.sequence) === one.id)).toBe(true);
  }, 120_000);

  it('have what they did not take listed as dead, and get it when it is asked for', async () => {
    const stage = await ready();
    const server = await tell(stage, 'gone');
    server.behave = answer(410);
    const { id } = await stage.client.notifications.test('gone');
    await until(async () => (await stage.client.deliveries.get(id)).state === 'dead');
    const dead = await stage.client.deliveries.outgoing({ state: 'dead' });
    expect(dead.items.map((one) => [one.id, one.because])).toEqual([[id, 'it answered 410']]);
    server.behave = answer(204);
    await stage.client.deliveries.redeliver(id);
    await until(async () => (await stage.client.deliveries.get(id)).state === 'delivered');
  }, 60_000);
});

describe('a rollback', () => {
  it('waits neither for endpoints that hang nor for who is changing them', async () => {
    const stage = await ready();
    // More than a worker has slots for.
    for (let n = 0; n < 15; n += 1) (await tell(stage, `slow-${n}`)).behave = hang;
    const { id } = await start(stage, 'waiting');
    await until(async () => (await stage.client.releases.get(id)).phase === 'paused');
    await until(() => servers.filter(({ received }) => received.length > 0).length >= 10);
    const lock = new pg.Client({ connectionString: database.url });
    await lock.connect();
    await lock.query('begin');
    await lock.query(`select from notification_endpoints for update`);
    await lock.query(`select from outgoing_deliveries for update`);
    await lock.query(`lock table outgoing_deliveries, noticed_releases in share mode`);
    const asked = Date.now();
    await stage.client.releases.abort(id);
    const ended = await waitForRelease(stage.client, id, { timeoutMs: 30_000 });
    expect(ended.phase).toBe('rolledBack');
    expect(Date.now() - asked).toBeLessThan(4_000);
    await lock.query('rollback');
    await lock.end();
  }, 90_000);
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSpillwayClient, type SpillwayClient } from '@spillway/sdk';
import { startPostgres, type RunningPostgres } from '@spillway/testing/postgres';
import pg from 'pg';
import { freePort } from '../src/free-port.js';
import { until } from '../src/index.js';
import { Child } from './child.js';
import { catalog } from './documents.js';

const token = 'token-of-the-process';

let postgres: RunningPostgres;
let client: SpillwayClient;
let common: Readonly<Record<string, string>>;
let database: pg.Client;
beforeAll(async () => {
  postgres = await startPostgres();
  common = {
    DATABASE_URL: postgres.url,
    SPILLWAY_TOKEN: token,
    SPILLWAY_ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    SPILLWAY_OUTGOING_ALLOW: '127.0.0.0/8',
    SPILLWAY_MIGRATE: 'true',
  };
  const { url } = await start('api');
  client = createSpillwayClient({ baseUrl: url, token });
  database = new pg.Client({ connectionString: postgres.url });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.map((child) => child.ended()));
  await postgres.stop();
});

const children: Child[] = [];

async function start(role: 'api' | 'worker'): Promise<{ child: Child; url: string }> {
  const port = String(await freePort());
  const env = { ...common, SPILLWAY_ROLE: role, SPILLWAY_PORT: port };
  const child = Child.start({ entry: 'controlPlane', env });
  children.push(child);
  await child.says('"ready"');
  return { child, url: `http://127.0.0.1:${port}` };
}

/** A hook that answers when it is told to, so that the job that called it stays in its worker's hand. */
const calls: ServerResponse[] = [];
const hook = createServer((_, response) => calls.push(response));
beforeEach(async () => {
  hook.listen(0, '127.0.0.1');
  await once(hook, 'listening');
});
afterEach(async () => {
  hook.closeAllConnections();
  hook.close();
  await once(hook, 'close');
  calls.length = 0;
});

/** A release of which the hook hears every event. */
async function release(service: string): Promise<string> {
  const { port } = hook.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const [cluster, strategy] = ['simulated', 'told'];
  const connection = { simulated: { seed: 1 } };
  await client.clusters.put({ name: cluster, connection, metrics: { none: true } });
  await client.services.put({ ...catalog, name: service, clusters: [cluster] });
  const hooks = [{ name: 'chronicle', point: 'event' as const, url }];
  await client.strategies.put({ name: strategy, hooks, steps: [{ setWeight: 30 }, { pause: {} }] });
  return (await client.releases.start({ service, candidate: 'v2', strategy })).id;
}

const isCalled = () => until(() => calls.length > 0, { what: 'hook is called', withinMs: 20_000 });

/** What a worker says while it has a job in hand and takes no other. */
async function isStopping(url: string): Promise<void> {
  await until(
    async () => {
      const answer = await fetch(`${url}/health/ready`);
      return answer.status === 503 && (await answer.text()).includes('stopping');
    },
    { what: 'the worker says that it is stopping', withinMs: 5_000 },
  );
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
}

async function untouchedJobs(id: string): Promise<number> {
  const { rowCount } = await database.query(
    `select from graphile_worker._private_jobs
     where key like '%' || $1 || '%' and locked_at is null and attempts = 0`,
    [id],
  );
  return rowCount ?? 0;
}

describe('a worker that is asked to stop with a job in its hand', () => {
  it('says so, takes no other, and exits with 0 when that one has ended', async () => {
    const { child, url } = await start('worker');
    await release('shop/in-hand');
    await isCalled();
    child.kill('SIGTERM');
    await isStopping(url);
    const later = await release('shop/too-late');
    const waiting = await untouchedJobs(later);
    expect(waiting).toBeGreaterThan(0);
    calls[0]?.writeHead(200).end();
    expect(await child.ended()).toBe(0);
    expect(await untouchedJobs(later)).toBe(waiting);
  }, 60_000);

  it('ends at once when it is asked a second time, and another takes its job over', async () => {
    const { child, url } = await start('worker');
    await release('shop/impatient');
    await isCalled();
    child.kill('SIGTERM');
    await isStopping(url);
    const asked = performance.now();
    child.kill('SIGTERM');
    expect(await child.ended()).toBe('SIGTERM');
    expect(performance.now() - asked).toBeLessThan(2_000);
    calls.length = 0;
    const next = await start('worker');
    await isCalled();
    calls[0]?.writeHead(200).end();
    next.child.kill('SIGKILL');
  }, 60_000);
});

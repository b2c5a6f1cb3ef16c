import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createSpillwayClient, type SpillwayClient } from '@spillway/sdk';
import { startPostgres, type RunningPostgres } from '@spillway/testing/postgres';
import { freePort } from '../src/free-port.js';
import { until } from '../src/index.js';
import { Child } from './child.js';
import { catalog } from './documents.js';

const token = 'token-of-the-process';
const secrets = {
  SPILLWAY_TOKEN: token,
  SPILLWAY_ENCRYPTION_KEY: randomBytes(32).toString('hex'),
};

let postgres: RunningPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const children: Child[] = [];
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.splice(0).map((child) => child.ended()));
});

function start(env: Readonly<Record<string, string>>): Child {
  const child = Child.start({ entry: 'controlPlane', env });
  children.push(child);
  return child;
}

interface Api {
  readonly child: Child;
  readonly url: string;
  readonly client: SpillwayClient;
}

async function startApi(env: Readonly<Record<string, string>>): Promise<Api> {
  const port = String(await freePort());
  const child = start({ ...secrets, SPILLWAY_PORT: port, ...env });
  await child.says('listening on');
  const url = `http://127.0.0.1:${port}`;
  return { child, url, client: createSpillwayClient({ baseUrl: url, token }) };
}

describe('a process that cannot do what it is asked', () => {
  it('names every problem of its environment and exits with 2', async () => {
    const child = start({
      DATABASE_URL: 'mysql://db',
      SPILLWAY_PORT: '99999',
      SPILLWAY_ROLE: 'boss',
      SPILLWAY_TOKNE: 'x',
    });
    expect(await child.ended()).toBe(2);
    for (const name of [
      'DATABASE_URL',
      'SPILLWAY_PORT',
      'SPILLWAY_ROLE',
      'SPILLWAY_ENCRYPTION_KEY',
      'SPILLWAY_TOKNE',
    ]) {
      expect(child.output).toContain(`${name}: `);
    }
    expect(child.output).not.toMatch(/^\s+at /m);
  });

  it('names the next step on a database without the schema and exits with 2', async () => {
    const { child } = await startApi({ DATABASE_URL: postgres.url });
    expect(await child.ended()).toBe(2);
    expect(child.output).toMatch(/^SCHEMA_BEHIND: .*\n.*SPILLWAY_MIGRATE=true/m);
  });

  it('says which port is taken', async () => {
    const { url } = await startApi({ DATABASE_URL: postgres.url, SPILLWAY_MIGRATE: 'true' });
    const { port } = new URL(url);
    const second = start({ ...secrets, DATABASE_URL: postgres.url, SPILLWAY_PORT: port });
    expect(await second.ended()).toBe(2);
    expect(second.output).toMatch(
      new RegExp(`^INVALID_CONFIGURATION: .*${port}.*\\n.*SPILLWAY_PORT`, 'm'),
    );
    expect(second.output).not.toMatch(/^\s+at /m);
  });
});

describe('a process that is asked to stop', () => {
  it('exits with 0 at once while it waits for its database', async () => {
    const nowhere = `postgres://nobody:x@127.0.0.1:${await freePort()}/nothing`;
    for (const role of ['api', 'worker', 'all']) {
      const { child } = await startApi({ DATABASE_URL: nowhere, SPILLWAY_ROLE: role });
      await child.says('waits for the database');
      child.kill('SIGTERM');
      expect(await child.ended()).toBe(0);
    }
  });

  it('exits with 0 though somebody watches a release and keeps connections open', async () => {
    const { child, url, client } = await startApi({
      DATABASE_URL: postgres.url,
      SPILLWAY_MIGRATE: 'true',
    });
    await child.says('"ready"');
    const id = await startWaitingRelease(client);
    const watching = fetch(`${url}/api/v1/releases/${id}/watch`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const stream = (await watching).text();
    const began = performance.now();
    child.kill('SIGTERM');
    expect(await child.ended()).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    await stream;

    const next = await startApi({ DATABASE_URL: postgres.url });
    await until(async () => (await next.client.releases.get(id)).phase === 'held', {
      what: 'the next process has taken the release up',
      withinMs: 20_000,
    });
    await next.client.releases.abort(id);
  });
});

/** In a simulated cluster nothing is deployed, so the release is held before any traffic. */
async function startWaitingRelease(client: SpillwayClient): Promise<string> {
  const name = 'simulated';
  await client.clusters.put({
    name,
    connection: { simulated: { seed: 1 } },
    metrics: { none: true },
  });
  await client.services.put({ ...catalog, clusters: [name] });
  await client.strategies.put({ name: 'waiting', steps: [{ setWeight: 30 }, { pause: {} }] });
  const start = { service: catalog.name, candidate: 'v2', strategy: 'waiting' };
  return (await client.releases.start(start)).id;
}

import { afterEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSpillwayClient, waitForRelease } from '@spillway/sdk';
import { startPostgres, type RunningPostgres } from '@spillway/testing/postgres';
import { documents } from './documents.js';
import { expectSoundHistory } from './history.js';
import { furnish, openStage, token, type Stage } from './stage.js';

const clearUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of clearUp.splice(0).reverse()) await step();
});

/** A database that can be taken away and comes back with its data, at the same address. */
class Outage {
  private running: RunningPostgres | undefined;
  url = '';

  private constructor(
    private readonly dataDir: string,
    private readonly port: number,
  ) {}

  static async prepare(): Promise<Outage> {
    const dataDir = await mkdtemp(join(tmpdir(), 'spillway-outage-'));
    const outage = new Outage(dataDir, await freePort());
    clearUp.push(async () => {
      await outage.begin();
      await rm(dataDir, { recursive: true, force: true });
    });
    return outage;
  }

  async begin(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  async end(): Promise<void> {
    this.running = await startPostgres({ dataDir: this.dataDir, port: this.port });
    this.url = this.running.url;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function open(databaseUrl: string): Promise<Stage> {
  const env = { SPILLWAY_MIGRATE: 'true', SPILLWAY_DB_STATEMENT_TIMEOUT_MS: '2000' };
  const stage = await openStage({ databaseUrl, env });
  clearUp.push(() => stage.stop());
  return stage;
}

const get = (stage: Stage, path: string): Promise<Response> =>
  fetch(`${stage.url}${path}`, { headers: { authorization: `Bearer ${token}` } });

/** What callers get while the database is away: a coded no that says when to come back. */
async function expectAway(stage: Stage): Promise<void> {
  const answer = await get(stage, '/api/v1/releases');
  expect(answer.status).toBe(503);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ code: 'DATABASE_UNAVAILABLE', status: 503 });
  expect((await get(stage, '/health/live')).status).toBe(200);
  expect((await get(stage, '/health/ready')).status).toBe(503);
}

describe('a database that is away', () => {
  it('at the start is waited for, with coded answers until it comes', async () => {
    const outage = await Outage.prepare();
    await outage.end();
    await outage.begin();
    const stage = await open(outage.url);
    await expectAway(stage);
    await outage.end();
    await stage.controlPlane.started;
    await furnish(stage);
    expect((await get(stage, '/health/ready')).status).toBe(200);
    expect(stage.log.errors).toEqual([]);
  }, 60_000);

  it('in the middle of a release costs answers and time, but no step', async () => {
    const outage = await Outage.prepare();
    await outage.end();
    const stage = await open(outage.url);
    await stage.controlPlane.started;
    await furnish(stage);
    const { id } = await stage.client.releases.start(
      { service: documents.service.name, candidate: 'v2', strategy: 'steady' },
      { idempotencyKey: randomUUID() },
    );
    const ended = waitForRelease(stage.client, id, { timeoutMs: 50_000 });
    for await (const { progress } of stage.client.releases.watch(id)) {
      if (progress.stepIndex === 1) break;
    }
    await outage.begin();
    await expectAway(stage);
    await outage.end();
    const release = await ended;
    expect(release.phase).toBe('succeeded');
    const types = await expectSoundHistory(stage.controlPlane, id);
    const completed = types.filter((type) => type === 'stepCompleted');
    expect(completed).toHaveLength(release.progress.steps);
    expect(stage.log.errors).toEqual([]);
  }, 60_000);

  it('makes no second release of a start whose answer was lost', async () => {
    const outage = await Outage.prepare();
    await outage.end();
    const stage = await open(outage.url);
    await stage.controlPlane.started;
    await furnish(stage);
    await outage.begin();
    const patient = createSpillwayClient({
      baseUrl: stage.url,
      token,
      attempts: 30,
      backOffMs: 100,
    });
    const start = { service: documents.service.name, candidate: 'v2', strategy: 'quick' };
    const starting = patient.releases.start(start);
    await outage.end();
    const { id } = await starting;
    expect((await waitForRelease(patient, id, { timeoutMs: 50_000 })).phase).toBe('succeeded');
    expect((await patient.releases.list()).items).toHaveLength(1);
  }, 60_000);

  it('does not keep a process from stopping that has worked with it', async () => {
    const outage = await Outage.prepare();
    await outage.end();
    const stage = await open(outage.url);
    await stage.controlPlane.started;
    await furnish(stage);
    const start = { service: documents.service.name, candidate: 'v2', strategy: 'steady' };
    await stage.client.releases.start(start);
    await outage.begin();
    const began = performance.now();
    await stage.stop();
    clearUp.pop();
    expect(performance.now() - began).toBeLessThan(10_000);
  }, 60_000);

  it('does not keep a process from stopping that waits for it', async () => {
    const outage = await Outage.prepare();
    await outage.end();
    await outage.begin();
    const stage = await open(outage.url);
    await stage.stop();
    clearUp.pop();
    await expect(stage.controlPlane.started).rejects.toThrow();
  }, 60_000);
});

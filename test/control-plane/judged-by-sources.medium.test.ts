import { startLoopbackVendor, type LoopbackVendor } from '@spillway/adapter-metrics/testing';
import { until } from '@spillway/application/testing';
import { waitForRelease, type Release, type StrategyDocument } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { documents } from './documents.js';
import { expectSoundHistory } from './history.js';
import { readyStage, token, type Stage } from './stage.js';

const secret = 'Bearer of-the-warehouse-7f3a91';
const service = documents.service.name;
const clusters = documents.clusters.map(({ name }) => name);

/** In each window: stable fails one request in a hundred, the candidate ten times as often. */
const counted: Readonly<Record<string, number>> = {
  'requests of v1': 1_800,
  'errors of v1': 18,
  'requests of v2': 200,
  'errors of v2': 20,
};

let database: FreshDatabase;
let stage: Stage;
let vendor: LoopbackVendor;
beforeAll(async () => {
  database = await freshDatabase();
  stage = await readyStage({ databaseUrl: database.url });
  vendor = await startLoopbackVendor(({ query, headers }) => {
    // The first is answered by a proxy that shows what it was sent, as some do.
    if (vendor.seen.length === 1) return { status: 502, body: `got ${headers.authorization}` };
    if (headers.authorization !== secret) return { status: 401, body: 'who are you' };
    return { body: { value: counted[query['q'] ?? ''] } };
  });
});
afterAll(async () => {
  await stage.stop();
  await vendor.close();
  await database.drop();
  expect(stage.log.errors).toEqual([]);
});

type Metric = NonNullable<StrategyDocument['metrics']>[number];

/** Half of the requests, until the metric has said something. */
async function start(name: string, metric: Metric, candidate = 'v2'): Promise<Release> {
  await stage.client.strategies.put({
    name,
    metrics: [metric],
    steps: [{ setWeight: 50 }, { analyze: {} }],
  });
  return stage.client.releases.start({ service, candidate, strategy: name });
}

async function eventsOf(id: string) {
  const { items } = await stage.client.releases.events(id);
  return items;
}

describe('a release whose errors another backend counts', () => {
  const errors: Metric = {
    name: 'orders',
    query: {
      sourceCounts: {
        name: 'warehouse',
        requests: 'requests of {{version}}',
        errors: 'errors of {{version}}',
      },
    },
    judge: { errorCount: {} },
    interval: '1s',
    count: 20,
  };
  let release: Release;

  it('is refused while nobody can be asked', async () => {
    await expect(start('by-source', errors)).rejects.toMatchObject({
      status: 404,
      code: 'UNKNOWN_SOURCE',
      field: 'metrics[0].query.sourceCounts.name',
    });
  });

  it('is rolled back when ten times as many fail, in the judge’s words', async () => {
    await stage.client.secrets.put('warehouse', secret);
    await stage.client.sources.put({
      name: 'warehouse',
      connection: {
        http: {
          url: `${vendor.url}/number?q={{query}}&since={{from}}&until={{to}}`,
          path: '/value',
          headers: { authorization: { secret: 'warehouse' } },
        },
      },
    });
    const { id } = await start('by-source', errors);
    await expect(stage.client.sources.remove('warehouse')).rejects.toMatchObject({
      status: 409,
      code: 'SOURCE_IN_USE',
      detail: 'Source "warehouse" is asked by strategy "by-source".',
    });
    release = await waitForRelease(stage.client, id);
    expect(release.phase).toBe('rolledBack');
    const types = await expectSoundHistory(stage.controlPlane, id);
    expect(types).not.toContain('trafficObserved');
    const rollback = (await eventsOf(id)).find(({ type }) => type === 'rollbackStarted');
    expect(rollback?.because).toMatch(
      /orders in (?:eu-west|us-east): candidate [\d,]+ of [\d,]+ failed, stable [\d,]+ of [\d,]+: 10 times the rate, e = [\d,]+, stop at [\d,]+/,
    );
  });

  it('shows in its looks what was asked, what came and what it was worth', async () => {
    const { items: looks } = await stage.client.releases.looks(release.id);
    const failed = looks.find(({ verdict }) => verdict?.kind === 'fail');
    expect(failed).toMatchObject({
      metric: 'orders',
      query: 'warehouse: errors of {{version}} of requests of {{version}}',
      reading: {
        kind: 'value',
        candidate: { value: 90, requests: 200, errors: 20 },
        stable: { value: 99, requests: 1_800, errors: 18 },
      },
    });
    const window = Date.parse(failed?.to ?? '') - Date.parse(failed?.from ?? '');
    expect(window).toBe(1_000);
    expect(failed?.verdict?.evidence).toMatchObject({
      comparison: { judge: 'errorCount', logE: expect.any(Number) },
    });
    const asked = vendor.seen.find(({ query }) => query['q'] === 'errors of v2');
    expect(Number(asked?.query['until']) - Number(asked?.query['since'])).toBe(1);
  });

  it('tells nobody the secret, though the backend said it', async () => {
    const { items: looks } = await stage.client.releases.looks(release.id);
    expect(looks.map(({ reading }) => reading.message ?? '')).toContainEqual(
      expect.stringMatching(/HTTP 502.*got <warehouse>/),
    );
    const answers = await Promise.all(
      ['sources', 'secrets', `releases/${release.id}`, `releases/${release.id}/events`].map(
        (path) => textOf(`${stage.url}/api/v1/${path}`),
      ),
    );
    const told = [JSON.stringify(looks), stage.log.text, ...answers];
    for (const text of told) expect(text).not.toContain('7f3a91');
    expect(await rowsWith('7f3a91')).toEqual([]);
    expect(await rowsWith('got <warehouse>')).toContain('measurements');
  });
});

const textOf = async (url: string): Promise<string> =>
  (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text();

/** Tables in which a text stands somewhere. */
async function rowsWith(text: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rowCount } = await client.query(
        `select from ${name} as line where position($1 in line::text) > 0 limit 1`,
        [text],
      );
      if (rowCount === 1) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
}

describe('a release whose figures are pushed', () => {
  const pushed: Metric = {
    name: 'orders',
    query: { pushed: 'orders' },
    min: 98,
    judge: { errorCount: { minRequests: 100 } },
    interval: '1s',
    count: 2,
    noData: { hold: { for: '2s', then: 'pause' } },
  };

  it('passes by what it is sent', async () => {
    const { id } = await start('by-push', pushed);
    const measurements = clusters.flatMap((cluster) =>
      ['v1', 'v2'].map((version) => ({
        metric: 'orders',
        cluster,
        service,
        version,
        requests: 100,
        errors: 1,
      })),
    );
    await until(async () => {
      await stage.client.measurements.push(measurements);
      return (await stage.client.releases.get(id)).final;
    });
    expect(await stage.client.releases.get(id)).toMatchObject({ phase: 'succeeded' });
    const { items: looks } = await stage.client.releases.looks(id);
    expect(looks.find(({ verdict }) => verdict?.kind === 'pass')).toMatchObject({
      query: 'measurements that are pushed as orders',
      reading: { kind: 'value', candidate: { value: 99 }, stable: { value: 99 } },
    });
  });

  it('is held while it gets none, and paused when it has waited long enough', async () => {
    const { id } = await start('by-push-of-none', { ...pushed, query: { pushed: 'none' } }, 'v3');
    for await (const release of stage.client.releases.watch(id)) {
      if (release.phase === 'paused') break;
    }
    const events = await eventsOf(id);
    const held = events.findIndex(({ held: one }) => one?.kind === 'noData');
    const paused = events.findIndex(({ type }) => type === 'paused');
    expect(held).toBeGreaterThan(-1);
    expect(paused).toBeGreaterThan(held);
    const { items: looks } = await stage.client.releases.looks(id);
    expect(new Set(looks.map(({ reading }) => reading.kind))).toEqual(new Set(['empty']));
    await stage.client.releases.abort(id);
    expect((await waitForRelease(stage.client, id)).phase).toBe('rolledBack');
  });
});

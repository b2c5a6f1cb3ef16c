import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Occurrence } from '@spillway/application';
import pg from 'pg';
import {
  createPersistence,
  missingMigrations,
  openProbe,
  releaseStandingSql,
  type Probe,
} from './index.js';
import { createSealer } from './sealer.js';
import {
  configFor,
  enqueue,
  freshPersistence,
  silent,
  type FreshPersistence,
} from './testing/fresh-persistence.js';

let persistence: FreshPersistence;
let probe: Probe;

beforeAll(async () => {
  persistence = await freshPersistence();
  probe = openProbe(configFor(persistence.url));
});
afterAll(async () => {
  await probe.close();
  await persistence.close();
});

describe('the way to the database for instruments', () => {
  it('is not held up by work that has all connections', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { poolSize } = configFor(persistence.url);
    const work = Array.from({ length: poolSize + 1 }, () => persistence.unitOfWork.run(() => gate));
    const [row] = await probe.ask('select 1 as one');
    expect(row).toEqual({ one: 1 });
    expect(persistence.pool()).toEqual({ inUse: poolSize, idle: 0, waiting: 1 });
    open();
    await Promise.all(work);
    expect(persistence.pool()).toMatchObject({ inUse: 0, waiting: 0 });
  });

  it('gives up by itself what takes too long, and goes on with the next', async () => {
    const began = performance.now();
    await expect(probe.ask('select pg_sleep(30)')).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await probe.ask('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says that there is no database', async () => {
    const nowhere = openProbe(configFor('postgres://spillway@127.0.0.1:1/spillway'));
    await expect(nowhere.ask('select 1')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await nowhere.close();
  });
});

it('what stands of releases can be read, and of no release nothing is said', async () => {
  const rows = await probe.ask(releaseStandingSql);
  expect(rows).toEqual([{ name: 'releases', label: 'queued', value: 0 }]);
});

it('reads past releases never: its plan goes over the indexes of those that run', async () => {
  const client = new pg.Client({ connectionString: persistence.url });
  await client.connect();
  // A table without rows is read as it is.
  await client.query('set enable_seqscan = off');
  const { rows } = await client.query(`explain ${releaseStandingSql}`);
  await client.end();
  const plan = JSON.stringify(rows);
  expect(plan).toContain('releases_one_running_idx');
  expect(plan).toContain('releases_queued_idx');
});

it('tells a database that has never been migrated from one that is behind', async () => {
  const all = await missingMigrations(() => Promise.resolve([{ exists: false }]));
  expect(all.length).toBeGreaterThan(10);
  expect(await missingMigrations((sql) => probe.ask(sql))).toEqual([]);
});

it('every statement of a transaction is told to the meter, those that fail too', async () => {
  const noted: Occurrence[] = [];
  const metered = await createPersistence({
    config: configFor(persistence.url),
    sealer: createSealer(Buffer.alloc(32, 7).toString('base64')),
    enqueue,
    logger: silent,
    meter: { note: (one) => void noted.push(one) },
  });
  noted.length = 0;
  await metered.unitOfWork.run((tx) => tx.clusters.getAll([]));
  // Its beginning, which tells the time, and commit; a store that is asked for nothing asks nothing.
  expect(noted).toHaveLength(2);
  expect(noted.every((one) => one.kind === 'queried' && one.outcome === 'ok')).toBe(true);
  await metered.close();
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { documents } from './documents.js';
import { openStage, readyStage, type Stage } from './stage.js';

let database: FreshDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await freshDatabase();
  stage = await readyStage({ databaseUrl: database.url });
});
afterAll(async () => {
  await stage.stop();
  await database.drop();
  expect(stage.log.errors).toEqual([]);
});

const source = (name: string, secret: string) => ({
  name,
  connection: {
    influxdb: { url: 'https://influx.example', organization: 'shop', token: { secret } },
  },
});

describe('a source', () => {
  it('needs its secret, which then stays until the source has gone', async () => {
    const { sources, secrets } = stage.client;
    await expect(sources.put(source('influx', 'token'))).rejects.toMatchObject({
      status: 404,
      code: 'UNKNOWN_SECRET',
      field: 'connection.influxdb.token.secret',
    });
    await secrets.put('token', 'geheim');
    expect(await sources.put(source('influx', 'token'))).toMatchObject({ timeout: '10s' });
    await expect(secrets.remove('token')).rejects.toMatchObject({
      status: 409,
      code: 'SECRET_IN_USE',
      detail: expect.stringContaining('"influx"'),
    });
    await sources.remove('influx');
    await secrets.remove('token');
    expect((await secrets.list()).items).toEqual([]);
  });

  it('never loses its secret to somebody who removes it at the same moment', async () => {
    const { sources, secrets } = stage.client;
    for (let round = 0; round < 10; round += 1) {
      await secrets.put('racy', 'text');
      const [put, removed] = await Promise.allSettled([
        sources.put(source('racy', 'racy')),
        secrets.remove('racy'),
      ]);
      const no = [put, removed].filter(({ status }) => status === 'rejected');
      expect(no).toMatchObject([
        { reason: { code: put.status === 'rejected' ? 'UNKNOWN_SECRET' : 'SECRET_IN_USE' } },
      ]);
      if (put.status === 'rejected') continue;
      await sources.remove('racy');
      await secrets.remove('racy');
    }
  });
});

it('a secret is known to every process, and its text comes out of none of them', async () => {
  const { secrets } = stage.client;
  await secrets.put('shared', 'geheim');
  expect(JSON.stringify(await secrets.list())).not.toContain('geheim');
  const later = await openStage({ databaseUrl: database.url, role: 'api' });
  try {
    await later.controlPlane.started;
    expect((await later.client.secrets.list()).items).toMatchObject([{ name: 'shared' }]);
    await later.client.secrets.put('shared', 'other');
  } finally {
    await later.stop();
  }
  expect(stage.log.text).not.toContain('geheim');
});

describe('pushed measurements', () => {
  const where = {
    metric: 'orders',
    cluster: 'eu-west',
    service: documents.service.name,
    version: 'v2',
  };

  it('count once however often the request comes', async () => {
    const push = () =>
      stage.client.measurements.push([{ ...where, requests: 100, errors: 7 }], {
        idempotencyKey: 'batch-1',
      });
    expect(await Promise.all([push(), push(), push()])).toEqual(
      Array.from({ length: 3 }, () => ({ accepted: 1 })),
    );
  });

  it('are refused as a whole, field by field', async () => {
    const wrong = [
      { ...where, value: 1 },
      { ...where, cluster: 'mars', value: 1 },
      { ...where, at: '2020-01-01T00:00:00Z', value: 1 },
    ];
    await expect(stage.client.measurements.push(wrong)).rejects.toMatchObject({
      status: 404,
      code: 'UNKNOWN_CLUSTER',
      field: 'measurements[1].cluster',
      detail: expect.stringContaining('measurements[2].at: 2020-01-01T00:00:00.000Z is more than'),
    });
  });
});

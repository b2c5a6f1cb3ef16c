import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { secretView, sourceView, views } from '@spillway/interface-contract';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
const call = callerOf(() => app);
beforeAll(async () => {
  app = await startRestApp();
});
afterAll(() => app.close());

const secrets = '/api/v1/secrets';
const sources = '/api/v1/sources';
const source = {
  name: 'graphite',
  connection: {
    graphite: {
      url: 'https://graphite.example',
      basic: { username: 'ada', password: { secret: 'graphite-password' } },
    },
  },
};

describe('secrets', () => {
  it('are put under their name, and no answer has their text', async () => {
    const put = await call('PUT', `${secrets}/graphite-password`, { body: { value: 'geheim' } });
    expect(put.status).toBe(200);
    expect(secretView.parse(put.body)).toMatchObject({ name: 'graphite-password' });
    expect(app.useCases.sources.texts.get('graphite-password')).toBe('geheim');
    const list = await call('GET', secrets);
    expect(views.SecretPage.parse(list.body).items).toHaveLength(1);
    expect(JSON.stringify([put.body, list.body])).not.toContain('geheim');
    expect((await call('GET', `${secrets}/graphite-password`)).status).toBe(405);
  });

  it.each([
    ['key', { value: '' }, 'value'],
    ['key', { value: 1 }, 'value'],
    ['key', {}, 'value'],
    ['key', { vlaue: 'geheim' }, undefined],
    ['No_Name', { value: 'geheim' }, 'name'],
  ])('are refused under %s with %j, without repeating it', async (name, body, field) => {
    const answer = await call('PUT', `${secrets}/${name}`, { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
    if (field !== undefined) expect(answer.body).toMatchObject({ field });
    expect(JSON.stringify(answer.body)).not.toContain('geheim');
  });

  it('are removed once', async () => {
    await call('PUT', `${secrets}/old`, { body: { value: 'x' } });
    expect((await call('DELETE', `${secrets}/old`)).status).toBe(204);
    for (const name of ['old', 'No_Name']) {
      const { status, body } = await call('DELETE', `${secrets}/${name}`);
      expect({ status, body }).toMatchObject({ status: 404, body: { code: 'UNKNOWN_SECRET' } });
    }
  });
});

describe('sources', () => {
  it('are put, got, listed and removed', async () => {
    const put = await call('PUT', `${sources}/graphite`, { body: source });
    expect(put.status).toBe(200);
    expect(sourceView.parse(put.body)).toMatchObject({ ...source, timeout: '10s' });
    expect((await call('GET', `${sources}/graphite`)).body).toEqual(put.body);
    expect((await call('GET', sources)).body).toEqual({ items: [put.body] });
    expect((await call('DELETE', `${sources}/graphite`)).status).toBe(204);
    for (const name of ['graphite', 'No_Name']) {
      for (const method of ['GET', 'DELETE']) {
        const { status, body } = await call(method, `${sources}/${name}`);
        expect({ status, body }).toMatchObject({ status: 404, body: { code: 'UNKNOWN_SOURCE' } });
      }
    }
  });

  it('are put under their own name', async () => {
    const { status, body } = await call('PUT', `${sources}/other`, { body: source });
    expect({ status, body }).toMatchObject({ status: 400, body: { field: 'name' } });
  });
});

describe('measurements', () => {
  const path = '/api/v1/measurements';
  const one = {
    metric: 'orders',
    cluster: 'eu-west',
    service: 'shop/catalog',
    version: 'v2',
    value: 7,
  };

  it('are pushed alone or in a list, with the key of the request', async () => {
    const alone = await call('POST', path, { body: one });
    expect(alone).toMatchObject({ status: 200, body: { accepted: 1 } });
    const headers = { 'idempotency-key': 'batch-7' };
    const list = await call('POST', path, { body: { measurements: [one, one] }, headers });
    expect(list).toMatchObject({ status: 200, body: { accepted: 2 } });
    expect(app.useCases.commands.at(-1)).toMatchObject({
      actor: 'ci',
      idempotencyKey: 'batch-7',
      form: 'list',
    });
  });

  it('fit into one request when there are a thousand', async () => {
    const measurements = Array.from({ length: 1_000 }, () => one);
    const { body } = await call('POST', path, { body: { measurements } });
    expect(body).toEqual({ accepted: 1_000 });
  });

  it('are refused with the field that is wrong', async () => {
    const measurements = [one, { ...one, value: 'much' }];
    const { status, body } = await call('POST', path, { body: { measurements } });
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT', field: 'measurements[1].value' },
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aRelease } from '@spillway/domain-release/testing';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
const call = callerOf(() => app);

const id = '00000000-0000-4000-8000-000000000001';
const cluster = {
  name: 'eu',
  connection: { simulated: { seed: 1 } },
  metrics: { simulated: true },
};
const service = { name: 'shop/catalog', port: 8080, stable: 'v1', clusters: ['eu'] };

beforeAll(async () => {
  app = await startRestApp();
  app.useCases.releases.put(aRelease({ revision: 7 }));
  await call('PUT', '/api/v1/clusters/eu', { body: cluster });
  const connection = { graphite: { url: 'https://g.example' } };
  await call('PUT', '/api/v1/sources/graphite', { body: { name: 'graphite', connection } });
  await call('POST', '/api/v1/services', { body: service });
  await call('POST', '/api/v1/strategies', { body: { name: 'quick', steps: [{ setWeight: 10 }] } });
});
afterAll(() => app.close());

describe('tags', () => {
  it.each([
    '/api/v1/sources/graphite',
    '/api/v1/services/shop/catalog',
    '/api/v1/strategies/quick',
    `/api/v1/releases/${id}`,
  ])('stand for what is at %s, and spare who has it the answer', async (path) => {
    const tag = (await call('GET', path)).headers.get('etag') ?? '';
    expect(tag).toMatch(/^"\w+"$/);
    expect((await call('GET', path)).headers.get('etag')).toBe(tag);
    for (const known of [tag, `"other", ${tag}`, `W/${tag}`, '*']) {
      const again = await call('GET', path, { headers: { 'if-none-match': known } });
      expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', tag]);
    }
    const other = await call('GET', path, { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
  });

  it('change with what they stand for', async () => {
    const read = async () => (await call('GET', `/api/v1/releases/${id}`)).headers.get('etag');
    expect(await read()).toBe('"7"');
    app.useCases.releases.put(aRelease({ revision: 8 }));
    expect(await read()).toBe('"8"');
  });

  it('are on what a change gives back', async () => {
    const put = await call('PUT', '/api/v1/clusters/eu', { body: cluster });
    const got = await call('GET', '/api/v1/clusters/eu');
    expect(put.headers.get('etag')).toBe(got.headers.get('etag'));
    expect((await call('POST', `/api/v1/releases/${id}/pause`)).headers.get('etag')).toBe('"8"');
  });

  it('are given to the use case, which refuses a change of something older', async () => {
    await call('POST', `/api/v1/releases/${id}/pause`, { headers: { 'if-match': '"7"' } });
    expect(app.useCases.commands.at(-1)).toMatchObject({ ifMatch: '"7"' });
  });

  it('are on no list', async () => {
    expect((await call('GET', '/api/v1/clusters')).headers.get('etag')).toBeNull();
  });
});

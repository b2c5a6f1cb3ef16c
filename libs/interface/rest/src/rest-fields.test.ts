import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workshop } from '@spillway/application/testing';
import { openApiDocument } from './openapi/document.js';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

const workshop = new Workshop();
let app: RestApp;
let id = '';
const call = callerOf(() => app);

beforeAll(async () => {
  app = await startRestApp({ replace: { useCases: workshop.useCases } });
  await workshop.furnish();
  ({ id } = ((await workshop.start()) as { value: { id: string } }).value);
  await workshop.work();
});
afterAll(() => app.close());

const get = async (path: string) => (await call('GET', `/api/v1/${path}`)).body;

describe('an answer', () => {
  it('has the fields that were asked for, of one thing and of each of a list', async () => {
    expect(await get(`releases/${id}?fields=service,id`)).toEqual({ id, service: 'shop/catalog' });
    expect(await get('releases?fields=id,phase&limit=1')).toEqual({
      items: [{ id, phase: expect.any(String) }],
    });
    expect(await get('clusters?limit=1&fields=name')).toEqual({
      items: [{ name: 'eu' }],
      next: expect.any(String),
    });
    expect(await get('clusters?fields=name&fields=state&limit=1')).toMatchObject({
      items: [{ name: 'eu', state: expect.any(String) }],
    });
  });

  it('has of a field those that were asked for, in lists too', async () => {
    expect(await get(`releases/${id}?fields=strategy.name,rollouts.cluster`)).toEqual({
      strategy: { name: 'canary-10' },
      rollouts: [{ cluster: 'eu' }, { cluster: 'us' }],
    });
    const whole = (await get(`releases/${id}`)) as { strategy: unknown };
    expect(await get(`releases/${id}?fields=strategy.name,strategy`)).toEqual({
      strategy: whole.strategy,
    });
    expect(await get(`releases/${id}?fields=strategy,strategy.name`)).toEqual({
      strategy: whole.strategy,
    });
  });

  it('is whole for *, and keeps its tag', async () => {
    const whole = await call('GET', '/api/v1/services/shop/catalog');
    expect(await get('services/shop/catalog?fields=*')).toEqual(whole.body);
    const path = '/api/v1/services/shop/catalog?fields=stable';
    const sparse = await call('GET', path);
    expect(sparse.body).toEqual({ stable: 'v1' });
    const tag = whole.headers.get('etag') ?? '';
    expect(sparse.headers.get('etag')).toBe(tag);
    expect((await call('GET', path, { headers: { 'if-none-match': tag } })).status).toBe(304);
  });

  it.each([
    ['phse', '"phse"', /^Known there: id, .*phase/],
    ['strategy.nam', '"strategy.nam"', /^Known there: name, version/],
    ['id.more', '"id.more"', /^Nothing can be chosen in that field/],
    ['id,,phase', '""', /^Known there/],
    ['__proto__', '"__proto__"', /^Known there/],
    ['', '""', /^Known there/],
    ['id,'.repeat(100) + 'id', 'more than 100', /^Name fewer/],
  ])('is refused with %s, and what is known is named', async (fields, wrong, next) => {
    for (const path of [`releases/${id}`, 'releases']) {
      const { status, body } = await call('GET', `/api/v1/${path}?fields=${fields}`);
      expect([status, body]).toMatchObject([
        400,
        {
          code: 'INVALID_INPUT',
          field: 'fields',
          detail: expect.stringContaining(wrong),
          next: expect.stringMatching(next),
        },
      ]);
    }
  });

  it('that is a problem is told whole', async () => {
    expect(await get('services/shop/none?fields=stable')).toMatchObject({
      code: 'UNKNOWN_SERVICE',
      detail: expect.any(String),
    });
  });

  it('can be sparse wherever its document shows an object, but for streams', async () => {
    const { paths } = await openApiDocument();
    const without = Object.entries(paths)
      .filter(([, { get: read }]) => read?.security !== undefined)
      .filter(([, { get: read }]) => !JSON.stringify(read).includes('"name":"fields"'))
      .map(([path]) => path);
    expect(without.toSorted()).toEqual(['/api/v1/releases/watch', '/api/v1/releases/{id}/watch']);
  });
});

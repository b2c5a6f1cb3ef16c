import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aHookCall } from '@spillway/application/testing';
import { aMoment } from '@spillway/domain-release/testing';
import { after } from '@spillway/kernel';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
let id: string;
const call = callerOf(() => app);
const calls = (query = '') => call('GET', `/api/v1/releases/${id}/hook-calls${query}`);

beforeAll(async () => {
  app = await startRestApp();
  await app.workshop.furnish();
  const release = await app.workshop.started();
  ({ id } = release);
  const { status: _status, ...underWay } = aHookCall({
    hook: 'told',
    point: 'event',
    state: 'underWay',
    detail: 'it did not answer: no answer within 10000 ms',
    firstAt: after(aMoment, 60_000),
    retryAt: after(aMoment, 90_000),
  });
  await app.workshop.uow.run(async (tx) => {
    await tx.hookCalls.put(release.id, aHookCall());
    await tx.hookCalls.put(release.id, underWay);
  });
});
afterAll(() => app.close());

it('gives what was asked and told, the newest first', async () => {
  const { status, body } = await calls();
  expect(status).toBe(200);
  expect(body).toEqual({
    items: [
      {
        hook: 'told',
        point: 'event',
        id: '5c1d1fd4-6f0a-4b53-9a4b-0d3d0c6f7a10',
        state: 'underWay',
        detail: 'it did not answer: no answer within 10000 ms',
        attempts: 1,
        times: 3,
        firstAt: '2026-01-05T10:01:00.000Z',
        at: '2026-01-05T10:00:20.000Z',
        tookMs: 12,
        retryAt: '2026-01-05T10:01:30.000Z',
      },
      expect.objectContaining({ hook: 'gate', state: 'closed', status: 403, times: 3 }),
    ],
  });
});

it('gives them page by page, and of one hook', async () => {
  const first = await calls('?limit=1');
  expect(first.body).toMatchObject({ items: [{ hook: 'told' }] });
  const { next } = first.body as { next: string };
  const rest = await calls(`?limit=1&cursor=${encodeURIComponent(next)}`);
  expect(rest.body).toMatchObject({ items: [{ hook: 'gate' }] });
  expect(rest.body).not.toHaveProperty('next');
  expect((await calls('?hook=gate')).body).toMatchObject({ items: [{ hook: 'gate' }] });
});

it('does not take what is no name of a hook', async () => {
  const { status, body } = await calls('?hook=No%20Name');
  expect([status, body]).toMatchObject([400, { code: 'INVALID_INPUT', field: 'hook' }]);
});

it('refuses an unknown release', async () => {
  const path = '/api/v1/releases/00000000-0000-4000-8000-00000000000f/hook-calls';
  const { status, body } = await call('GET', path);
  expect([status, body]).toMatchObject([404, { code: 'UNKNOWN_RELEASE' }]);
});

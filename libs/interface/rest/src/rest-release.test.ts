import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aMoment, aRelease } from '@spillway/domain-release/testing';
import { generation, releaseId, serviceName } from '@spillway/kernel';
import { eventView, releaseView } from '@spillway/interface-contract';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

const id = '00000000-0000-4000-8000-000000000001';
let app: RestApp;
const call = callerOf(() => app);

beforeAll(async () => {
  app = await startRestApp();
});
beforeEach(() => app.useCases.releases.put(aRelease({ revision: 7 })));
afterAll(() => app.close());

describe('releases', () => {
  const body = { service: 'shop/catalog', candidate: 'v2', strategy: 'canary-10' };

  it('begin, and say where they are', async () => {
    const { status, headers, body: answer } = await call('POST', '/api/v1/releases', { body });
    const release = releaseView.parse(answer);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/releases/${release.id}`);
    expect((await call('GET', headers.get('location') ?? '')).body).toEqual(answer);
  });

  it('pass the idempotency key on, and refuse one that is too long', async () => {
    const startWith = (key: string) =>
      call('POST', '/api/v1/releases', { body, headers: { 'idempotency-key': key } });
    await startWith('deploy-42');
    expect(app.useCases.commands.at(-1)).toMatchObject({ idempotencyKey: 'deploy-42' });
    const { status, body: problem } = await startWith('x'.repeat(201));
    expect([status, problem]).toMatchObject([400, { field: 'Idempotency-Key' }]);
  });

  it('are not given again to who knows the revision', async () => {
    const first = await call('GET', `/api/v1/releases/${id}`);
    expect(first.headers.get('etag')).toBe('"7"');
    const headers = { 'if-none-match': '"7"' };
    expect(await call('GET', `/api/v1/releases/${id}`, { headers })).toMatchObject({
      status: 304,
      body: '',
    });
    app.useCases.releases.put(aRelease({ revision: 8 }));
    expect((await call('GET', `/api/v1/releases/${id}`, { headers })).status).toBe(200);
  });

  it('are found by service and phase', async () => {
    const other = releaseId('00000000-0000-4000-8000-000000000002');
    app.useCases.releases.put(aRelease({ id: other, service: serviceName('shop/cart') }));
    const { body: found } = await call('GET', '/api/v1/releases?service=shop/cart&phase=pending');
    expect(found).toMatchObject({ items: [{ id: other }] });
    const { body: none } = await call('GET', '/api/v1/releases?service=shop/cart&phase=held');
    expect(none).toEqual({ items: [] });
    expect((await call('GET', '/api/v1/releases?phase=heldd')).status).toBe(400);
  });

  it.each(['none', '00000000-0000-4000-8000-00000000000f'])(
    'may be unknown: %s',
    async (unknown) => {
      const { status, body: problem } = await call('GET', `/api/v1/releases/${unknown}`);
      expect([status, problem]).toMatchObject([404, { code: 'UNKNOWN_RELEASE' }]);
    },
  );
});

describe('commands', () => {
  it.each(['pause', 'resume', 'promote', 'abort'])('tell a release to %s', async (verb) => {
    const headers = { 'idempotency-key': `${verb}-1` };
    const comment = 'as agreed';
    const path = `/api/v1/releases/${id}/${verb}`;
    const { status, body } = await call('POST', path, { body: { comment }, headers });
    expect(status).toBe(200);
    expect(releaseView.parse(body).id).toBe(id);
    const expected = { actor: 'ci', release: id, verb, comment, idempotencyKey: `${verb}-1` };
    expect(app.useCases.commands.at(-1)).toMatchObject(expected);
  });

  it('need no body', async () => {
    expect((await call('POST', `/api/v1/releases/${id}/pause`)).status).toBe(200);
    expect(app.useCases.commands.at(-1)).toMatchObject({
      actor: 'ci',
      release: id,
      verb: 'pause',
      comment: '',
    });
  });

  it('are no others', async () => {
    expect((await call('POST', `/api/v1/releases/${id}/explode`)).status).toBe(404);
  });
});

describe('events', () => {
  it('are read in parts', async () => {
    for (const sequence of [1, 2, 3]) {
      const traffic = { generation: generation(sequence), clusters: [] };
      const fact = { type: 'trafficShifted' as const, traffic };
      const event = { ...fact, because: 'told', actor: 'ci', at: aMoment };
      app.useCases.events.push({ sequence, event, hash: 'h' });
    }
    const first = await call('GET', `/api/v1/releases/${id}/events?limit=2`);
    expect(first.body).toMatchObject({ items: [{ sequence: 1 }, { sequence: 2 }], next: '2' });
    const second = await call('GET', `/api/v1/releases/${id}/events?limit=2&after=2`);
    const { items, next } = second.body as { items: unknown[]; next?: string };
    expect(items.map((item) => eventView.parse(item).sequence)).toEqual([3]);
    expect(next).toBeUndefined();
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaller, aCluster, aService } from '@spillway/application/testing';
import { aStrategy } from '@spillway/domain-release/testing';
import { basisPoints, version } from '@spillway/kernel';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
const call = callerOf(() => app);
const basic = (token: string) => `Basic ${Buffer.from(`spillway:${token}`).toString('base64')}`;
const catalog = { name: 'catalog', namespace: 'shop' };

interface Sent {
  readonly body?: unknown;
  readonly type?: string;
  readonly authorization?: string;
}

/** As a load tester's client would ask. */
async function gate(path: string, { body = catalog, type, authorization }: Sent = {}) {
  const response = await fetch(app.url + path, {
    method: 'POST',
    headers: {
      authorization: authorization ?? basic('token-of-ci'),
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return [response.status, await response.text()] as const;
}

beforeAll(async () => {
  app = await startRestApp();
  await app.workshop.uow.run(async (tx) => {
    for (const name of app.workshop.clusters.keys()) await tx.clusters.put(aCluster({ name }));
    await tx.services.put(aService());
    const { version: _version, ...strategy } = aStrategy({
      steps: [
        { kind: 'gate', name: 'prod', approvals: { count: 2 } },
        { kind: 'gate', name: 'load', manual: 'closed' },
        { kind: 'setWeight', weight: basisPoints(1_000) },
      ],
    });
    await tx.strategies.put(strategy);
  });
});
afterAll(() => app.close());

describe('the gate protocol', () => {
  it('knows gates that are always open, and always closed', async () => {
    expect(await gate('/gate/approve')).toEqual([200, 'OK']);
    expect(await gate('/gate/halt')).toEqual([403, 'Forbidden']);
  });

  it.each(['gate', 'rollback'])('opens and closes the %s of a service', async (kind) => {
    expect(await gate(`/${kind}/check`)).toEqual([403, 'Forbidden']);
    expect(await gate(`/${kind}/open`)).toEqual([202, 'Accepted']);
    expect(await gate(`/${kind}/check`)).toEqual([200, 'Approved']);
    expect(await gate(`/${kind}/close`)).toEqual([202, 'Accepted']);
    expect(await gate(`/${kind}/check`)).toEqual([403, 'Forbidden']);
  });

  it('means another gate of the service where the payload names one', async () => {
    const body = { ...catalog, metadata: { gate: 'load' }, phase: 'Progressing', checksum: '85d' };
    await gate('/gate/open', { body });
    expect(await gate('/gate/check', { body })).toEqual([200, 'Approved']);
    expect(await gate('/gate/check')).toEqual([403, 'Forbidden']);
    const { body: listed } = await call('GET', '/api/v1/services/shop/catalog/gates');
    expect(listed).toMatchObject({
      items: [
        { name: 'gate', state: 'closed' },
        { name: 'load', state: 'open', actor: 'ci' },
        { name: 'rollback', state: 'closed' },
      ],
    });
  });

  it.each([undefined, 'application/x-www-form-urlencoded', 'application/json', 'text/plain'])(
    'reads JSON that is sent as %s',
    async (type) => {
      const sent = type === undefined ? {} : { type };
      expect(await gate('/gate/open', sent)).toEqual([202, 'Accepted']);
    },
  );

  it('is closed for a service that there is not, which nobody can open', async () => {
    const body = { name: 'nobody', namespace: 'shop' };
    expect(await gate('/gate/check', { body })).toEqual([403, 'Forbidden']);
    expect((await gate('/gate/open', { body }))[0]).toBe(404);
  });

  it.each(['', 'nonsense', '[]', '{}', { name: '../x', namespace: 'shop' }, 'x'.repeat(70_000)])(
    'refuses a body that is no payload (%#)',
    async (body) => expect((await gate('/gate/open', { body, type: 'text/plain' }))[0]).toBe(400),
  );

  it.each([
    ['nothing', ''],
    ['a wrong password', basic('wrong')],
    ['a password without a user', 'Basic token-of-ci'],
    ['what is no Basic', 'Basic ==='],
    ['a wrong token', 'Bearer wrong'],
  ])('lets nobody in with %s', async (_, authorization) => {
    for (const path of ['/gate/approve', '/gate/open', '/gate/check', '/rollback/open']) {
      expect((await gate(path, { authorization }))[0]).toBe(401);
    }
  });

  it('takes a bearer token too', async () => {
    const authorization = 'Bearer token-of-portal';
    expect(await gate('/gate/approve', { authorization })).toEqual([200, 'OK']);
  });
});

describe('a release at a gate', () => {
  let id = '';
  const tell = (verb: string, token: string, body?: unknown) =>
    call('POST', `/api/v1/releases/${id}/${verb}`, { token, body });

  beforeAll(async () => {
    const { useCases } = app.workshop;
    const wanted = {
      service: aService().service,
      candidate: version('v2'),
      strategy: aStrategy().name,
      description: '',
    };
    const started = await useCases.startRelease(wanted, aCaller('anna'));
    if (!started.ok) throw new Error(started.error.message);
    id = started.value.id;
    await app.workshop.pass(1_000);
  });

  it('is shown to who may approve it, with what they would approve', async () => {
    const { status, body } = await call('GET', '/api/v1/approvals');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      items: [{ release: id, gate: 'prod', wanted: 2, approvals: [], requestedBy: 'anna' }],
    });
  });

  it('shows who approved which plan', async () => {
    const { body } = await tell('approve', 'token-of-ci', { comment: 'good' });
    expect(body).toMatchObject({
      phase: 'awaitingApproval',
      awaiting: { gate: 'prod', wave: 0 },
      gates: [
        { name: 'prod', wants: '2 approvals', count: 2, approvals: [{ by: 'ci' }] },
        { name: 'load', wants: 'opened by hand', approvals: [] },
      ],
    });
    const { planDigest, gates } = body as { planDigest: string; gates: { approvals: unknown[] }[] };
    expect(gates[0]?.approvals).toMatchObject([{ plan: planDigest, roles: ['admin'] }]);
  });

  it('is not approved by who has read another plan', async () => {
    const { status, body } = await tell('approve', 'token-of-portal', { plan: '0'.repeat(64) });
    expect([status, body]).toMatchObject([409, { code: 'PLAN_CHANGED' }]);
  });

  it('says what it cannot do', async () => {
    expect(await tell('override-freeze', 'token-of-ci', { reason: 'now' })).toMatchObject({
      status: 409,
      body: { code: 'NOT_FROZEN' },
    });
    const { status, body } = await tell('override-freeze', 'token-of-ci', { reason: ' ' });
    expect([status, body]).toMatchObject([400, { code: 'INVALID_INPUT' }]);
    expect(await tell('approve', 'token-of-ci', { gate: 'load' })).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_GATE' },
    });
  });

  it('goes back when somebody rejects it', async () => {
    const { status, body } = await tell('reject', 'token-of-portal', { comment: 'no' });
    expect([status, body]).toMatchObject([
      200,
      { phase: 'rollingBack', because: 'rejected by portal: no' },
    ]);
  });
});

describe('freeze windows', () => {
  const path = '/api/v1/freeze-windows/weekend';
  const weekend = {
    name: 'weekend',
    times: {
      weekly: { days: ['sat', 'sun'], from: '00:00', to: '24:00', timeZone: 'Europe/Berlin' },
    },
    scope: { clusters: { env: 'live' }, namespaces: ['shop'] },
    because: 'nobody is there',
  };

  it('are put, shown, listed and removed', async () => {
    const { status, body } = await call('PUT', path, { body: weekend });
    expect([status, body]).toMatchObject([200, weekend]);
    expect((await call('GET', path)).body).toEqual(body);
    expect((await call('GET', '/api/v1/freeze-windows')).body).toEqual({ items: [body] });
    const { createdAt: _created, updatedAt: _updated, ...again } = body as Record<string, unknown>;
    expect((await call('PUT', path, { body: again })).status).toBe(200);
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).body).toMatchObject({ code: 'UNKNOWN_FREEZE_WINDOW' });
  });

  it('may come once', async () => {
    const once = { from: '2026-12-24T12:00:00.000Z', to: '2026-12-27T00:00:00.000Z' };
    const body = { name: 'weekend', times: { once } };
    expect((await call('PUT', path, { body })).body).toMatchObject({ times: { once }, scope: {} });
  });

  it.each([
    ['a time that no clock shows', { from: '24:00' }, 400, 'times.weekly.from'],
    ['a time zone that there is not', { timeZone: 'Mars/Base' }, 422, 'times.weekly.timeZone'],
    ['a day that there is not', { days: ['someday'] }, 400, 'times.weekly.days[0]'],
  ])('are refused with %s', async (_, wrong, status, field) => {
    const body = { ...weekend, times: { weekly: { ...weekend.times.weekly, ...wrong } } };
    expect(await call('PUT', path, { body })).toMatchObject({ status, body: { field } });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callerOf, startRestApp, type RestApp } from '../testing/index.js';

let app: RestApp;
beforeEach(async () => {
  app = await startRestApp();
});
afterEach(() => app.close());
const call = callerOf(() => app);

const wanted = {
  name: 'shop-ci',
  grants: [{ role: 'releaser', namespaces: ['shop'], environments: ['live'] }],
  expiresAt: '2099-01-05T09:00:00.000Z',
};

describe('tokens', () => {
  it('are made with a text that is told once, listed, rotated and revoked', async () => {
    const made = await call('POST', '/api/v1/tokens', { body: wanted });
    expect(made).toMatchObject({
      status: 201,
      body: {
        token: { ...wanted, createdBy: 'ci' },
        text: expect.stringMatching(/^spw_[\w-]{43}$/),
      },
    });
    expect(made.headers.get('location')).toBe('/api/v1/tokens/shop-ci');
    const { text } = made.body as { text: string };
    const rotated = await call('POST', '/api/v1/tokens/shop-ci/rotate', {
      body: { overlap: '2h' },
    });
    expect(rotated).toMatchObject({ status: 200, body: { token: { name: 'shop-ci' } } });
    expect((rotated.body as { text: string }).text).not.toBe(text);

    const shown = await call('GET', '/api/v1/tokens/shop-ci');
    expect(shown).toMatchObject({ status: 200, body: { rotatesUntil: expect.any(String) } });
    const listed = await call('GET', '/api/v1/tokens');
    expect(listed.body).toEqual({ items: [shown.body] });
    expect(JSON.stringify([shown, listed])).not.toContain(text);

    expect(await call('DELETE', '/api/v1/tokens/shop-ci')).toMatchObject({ status: 204 });
    expect(await call('GET', '/api/v1/tokens/shop-ci')).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_TOKEN' },
    });
  });

  it('are not made twice by a request that is repeated', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    const first = await call('POST', '/api/v1/tokens', { body: wanted, headers });
    const again = await call('POST', '/api/v1/tokens', { body: wanted, headers });
    expect(again.body).toEqual(first.body);
    const other = { ...wanted, name: 'other' };
    expect(await call('POST', '/api/v1/tokens', { body: other, headers })).toMatchObject({
      status: 409,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(await call('POST', '/api/v1/tokens', { body: wanted })).toMatchObject({
      status: 409,
      body: { code: 'NAME_TAKEN' },
    });
  });

  it.each<[string, object]>([
    ['no role', { grants: [] }],
    ['a role that there is not', { grants: [{ role: 'root' }] }],
    ['an empty place', { grants: [{ role: 'admin', namespaces: [] }] }],
    ['labels of nothing', { grants: [{ role: 'admin', clusters: {} }] }],
    ['an end that is over', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['a field that nobody reads', { namespace: 'shop' }],
  ])('are refused with %s', async (_, change) => {
    const body = { ...wanted, ...change };
    expect(await call('POST', '/api/v1/tokens', { body })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT' },
    });
  });
});

it('keeps members, and refuses one under another name', async () => {
  const member = {
    name: 'sre',
    provider: 'company',
    claims: { groups: 'sre' },
    grants: [{ role: 'operator', clusters: { region: 'eu' } }],
  };
  expect(await call('PUT', '/api/v1/members/sre', { body: member })).toMatchObject({
    status: 200,
    body: member,
  });
  expect(await call('PUT', '/api/v1/members/dev', { body: member })).toMatchObject({ status: 400 });
  expect(await call('GET', '/api/v1/members')).toMatchObject({ body: { items: [member] } });
  expect(await call('GET', '/api/v1/members/sre')).toMatchObject({ body: member });
  expect(await call('DELETE', '/api/v1/members/sre')).toMatchObject({ status: 204 });
  expect(await call('DELETE', '/api/v1/members/sre')).toMatchObject({ status: 404 });
});

it('tells who changed what, from where, and that nobody altered it since', async () => {
  const headers = { 'x-request-id': 'deploy-4711' };
  await call('POST', '/api/v1/tokens', { body: wanted, headers });
  await call('DELETE', '/api/v1/tokens/shop-ci', { token: 'token-of-portal' });
  const listed = await call('GET', '/api/v1/audit?limit=1');
  expect(listed.body).toMatchObject({
    items: [{ sequence: 2, actor: 'portal', operation: 'revokeToken', subject: 'token shop-ci' }],
    next: expect.any(String),
  });
  const { items } = (await call('GET', '/api/v1/audit?actor=ci')).body as { items: object[] };
  expect(items).toMatchObject([{ sequence: 1, via: 'rest', requestId: 'deploy-4711' }]);
  expect(items[0]).not.toHaveProperty('before');
  expect(await call('GET', '/api/v1/audit/verify')).toMatchObject({
    body: { ok: true, records: 2, hash: expect.stringMatching(/^[\da-f]{64}$/) },
  });
});

it('tells who asks, and what each role may do', async () => {
  expect(await call('GET', '/api/v1/me')).toMatchObject({
    body: { actor: 'ci', grants: [{ role: 'admin' }] },
  });
  const { items } = (await call('GET', '/api/v1/roles')).body as {
    items: { role: string; operations: string[] }[];
  };
  const may = new Map(items.map(({ role, operations }) => [role, operations]));
  expect([...may.keys()]).toEqual(['viewer', 'releaser', 'approver', 'operator', 'admin']);
  expect(may.get('viewer')).toContain('getRelease');
  expect(may.get('viewer')).not.toContain('startRelease');
  expect(may.get('admin')).toContain('createToken');
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workshop } from '@spillway/application/testing';
import { clusterName, secretName, tokenName } from '@spillway/kernel';
import { openApiDocument } from './openapi/document.js';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

const workshop = new Workshop();
let app: RestApp;
const call = callerOf(() => app);

beforeAll(async () => {
  app = await startRestApp({ replace: { useCases: workshop.useCases } });
  await workshop.furnish();
  await workshop.uow.run((tx) => tx.secrets.put(secretName('key'), 'geheim'));
  await call('PUT', '/api/v1/webhooks/ci', { body: webhook });
});
afterAll(() => app.close());

const webhook = { name: 'ci', provider: 'generic', secrets: [{ secret: 'key' }] };
const weekly = { days: ['sat'], from: '00:00', to: '24:00', timeZone: 'Europe/Berlin' };
const slack = { url: { secret: 'key' } };
const match = { webhook: 'ci', branches: ['main'] };
const cluster = { connection: { simulated: { seed: 1 } }, metrics: { simulated: true } };

interface Resource {
  readonly route: string;
  readonly path: string;
  readonly first: object;
  /** What is another in the second. */
  readonly other: object;
}

/** All that can be put, each as a document and another one. */
const resources: readonly Resource[] = [
  {
    route: '/api/v1/members/{name}',
    path: '/api/v1/members/sre',
    first: {
      name: 'sre',
      provider: 'company',
      claims: { groups: 'sre' },
      grants: [{ role: 'viewer' }],
    },
    other: { claims: { groups: 'ops' } },
  },
  {
    route: '/api/v1/clusters/{name}',
    path: '/api/v1/clusters/far',
    first: { name: 'far', ...cluster },
    other: { labels: { tier: 'far' } },
  },
  {
    route: '/api/v1/services/{namespace}/{name}',
    path: '/api/v1/services/shop/cart',
    first: { name: 'shop/cart', port: 8080, stable: 'v1', clusters: ['eu'] },
    other: { port: 9090 },
  },
  {
    route: '/api/v1/services/{namespace}/{name}/gates/{gate}',
    path: '/api/v1/services/shop/catalog/gates/load',
    first: { state: 'open', comment: 'fine' },
    other: { state: 'closed' },
  },
  {
    route: '/api/v1/strategies/{name}',
    path: '/api/v1/strategies/quick',
    first: { name: 'quick', steps: [{ setWeight: 10 }] },
    other: { steps: [{ setWeight: 20 }] },
  },
  {
    route: '/api/v1/freeze-windows/{name}',
    path: '/api/v1/freeze-windows/weekend',
    first: { name: 'weekend', times: { weekly }, because: 'nobody is there' },
    other: { because: 'still nobody' },
  },
  {
    route: '/api/v1/egress-policies/{namespace}',
    path: '/api/v1/egress-policies/shop',
    first: { name: 'shop', clusters: ['eu'], allow: [] },
    other: { clusters: ['us'] },
  },
  {
    route: '/api/v1/secrets/{name}',
    path: '/api/v1/secrets/other',
    first: { value: 'geheim' },
    other: { value: 'geheimer' },
  },
  {
    route: '/api/v1/sources/{name}',
    path: '/api/v1/sources/graphite',
    first: { name: 'graphite', connection: { graphite: { url: 'https://g.example' } } },
    other: { connection: { graphite: { url: 'https://h.example' } } },
  },
  {
    route: '/api/v1/webhooks/{name}',
    path: '/api/v1/webhooks/gitlab',
    first: { ...webhook, name: 'gitlab', provider: 'gitlab' },
    other: { provider: 'github' },
  },
  {
    route: '/api/v1/rules/{name}',
    path: '/api/v1/rules/catalog',
    first: {
      name: 'catalog',
      match,
      release: { service: 'shop/catalog', version: '{{ image.tag }}', strategy: 'canary-10' },
    },
    other: { priority: 7 },
  },
  {
    route: '/api/v1/notifications/{name}',
    path: '/api/v1/notifications/ops',
    first: { name: 'ops', channel: { slack }, filter: { severity: 'warning' } },
    other: { filter: { severity: 'info' } },
  },
];

/** Their lists say all that there is to know, or nothing may be known of them. */
const unread = ['/api/v1/secrets/{name}', '/api/v1/services/{namespace}/{name}/gates/{gate}'];

const stale = { status: 412, body: { code: 'PRECONDITION_FAILED', field: 'If-Match' } };

async function put(path: string, body: object, tag?: string) {
  const headers = tag === undefined ? {} : { 'if-match': tag };
  const answer = await call('PUT', path, { body, headers });
  return { ...answer, tag: answer.headers.get('etag') ?? '' };
}

describe('what can be changed', () => {
  it.each(resources)(
    'has at $route a tag, and is not changed by who has an older one',
    async (one) => {
      const { route, path, first, other } = one;
      const added = await put(path, first);
      expect([added.status, added.tag]).toEqual([200, expect.stringMatching(/^"\w+"$/)]);
      const changed = await put(path, { ...first, ...other }, added.tag);
      expect([changed.status, changed.tag === added.tag]).toEqual([200, false]);
      expect(await put(path, first, added.tag)).toMatchObject(stale);
      if (unread.includes(route)) return;
      expect((await call('GET', path)).headers.get('etag')).toBe(changed.tag);
    },
  );

  it('is not removed by who has an older tag', async () => {
    const { paths } = await openApiDocument();
    const removable = resources.filter(({ route }) => paths[route]?.delete !== undefined);
    expect(removable).toHaveLength(8);
    for (const { path, first } of removable) {
      const { tag } = await put(path, first);
      const older = { headers: { 'if-match': '"older"' } };
      expect([path, await call('DELETE', path, older)]).toMatchObject([path, stale]);
      const removed = await call('DELETE', path, { headers: { 'if-match': tag } });
      expect([path, removed.status]).toEqual([path, 204]);
    }
  });

  it('is in this list, all of it, and its document tells of the tag', async () => {
    const { paths } = await openApiDocument();
    const routes = Object.entries(paths).flatMap(([route, { put: operation }]) =>
      operation === undefined ? [] : [{ route, operation }],
    );
    expect(routes.map(({ route }) => route).toSorted()).toEqual(
      resources.map(({ route }) => route).toSorted(),
    );
    for (const { route, operation } of routes) {
      expect([route, operation]).toMatchObject([
        route,
        { responses: { 200: { headers: { ETag: expect.anything() } } } },
      ]);
      expect(operation.parameters).toContainEqual(expect.objectContaining({ name: 'If-Match' }));
    }
  });
});

describe('a token', () => {
  it('is neither rotated nor revoked by who has an older tag, and use makes none older', async () => {
    const made = await call('POST', '/api/v1/tokens', {
      body: { name: 'ci-shop', grants: [{ role: 'viewer' }] },
    });
    const tag = made.headers.get('etag') ?? '';
    const name = tokenName('ci-shop');
    await workshop.uow.run((tx) => tx.tokens.noteUse(name, tx.now));
    const read = await call('GET', '/api/v1/tokens/ci-shop', { headers: { 'if-none-match': tag } });
    expect([read.status, read.headers.get('etag')]).toEqual([200, tag]);
    expect(read.body).toHaveProperty('lastUsedAt');
    const rotate = (seen: string) =>
      call('POST', '/api/v1/tokens/ci-shop/rotate', { headers: { 'if-match': seen } });
    const rotated = await rotate(tag);
    expect([rotated.status, rotated.headers.get('etag') === tag]).toEqual([200, false]);
    expect(await rotate(tag)).toMatchObject(stale);
    const older = { headers: { 'if-match': tag } };
    expect(await call('DELETE', '/api/v1/tokens/ci-shop', older)).toMatchObject(stale);
  });
});

describe('a view of what also moves by itself', () => {
  it('is given whole to who has its tag, which stays', async () => {
    const path = '/api/v1/clusters/eu';
    const before = await call('GET', path);
    const tag = before.headers.get('etag') ?? '';
    const away = { kind: 'unreachable', since: workshop.clock.now(), reason: 'refused' } as const;
    await workshop.uow.run((tx) => tx.clusters.noteState(clusterName('eu'), away));
    const after = await call('GET', path, { headers: { 'if-none-match': tag } });
    expect([after.status, after.headers.get('etag')]).toEqual([200, tag]);
    expect(after.body).toMatchObject({ state: 'unreachable' });
  });
});

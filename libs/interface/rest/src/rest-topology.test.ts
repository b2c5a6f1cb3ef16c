import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  clusterView,
  probeView,
  serviceView,
  strategyView,
  views,
} from '@spillway/interface-contract';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
const call = callerOf(() => app);

beforeAll(async () => {
  app = await startRestApp();
});
afterAll(() => app.close());

const cluster = (name: string) => ({
  name,
  connection: { kubeconfig: 'SECRET' },
  metrics: { prometheus: { url: 'http://prometheus', bearerToken: 'SECRET' } },
});

describe('clusters', () => {
  it('are added under their name and given out without their secrets', async () => {
    const put = await call('PUT', '/api/v1/clusters/eu-west', { body: cluster('eu-west') });
    const got = await call('GET', '/api/v1/clusters/eu-west');
    expect([put.status, got.status]).toEqual([200, 200]);
    expect(clusterView.parse(got.body)).toMatchObject({ name: 'eu-west', state: 'ready' });
    expect(JSON.stringify([put.body, got.body])).not.toContain('SECRET');
  });

  it('are refused under another name than their own', async () => {
    const answer = await call('PUT', '/api/v1/clusters/us-east', { body: cluster('eu-west') });
    expect(answer.body).toMatchObject({ status: 400, field: 'name' });
  });

  it('are listed page by page', async () => {
    await call('POST', '/api/v1/clusters', { body: cluster('us-east') });
    const first = await call('GET', '/api/v1/clusters?limit=1');
    const page = views.ClusterPage.parse(first.body);
    expect(page.items.map(({ name }) => name)).toEqual(['eu-west']);
    const second = await call('GET', `/api/v1/clusters?limit=1&cursor=${page.next ?? ''}`);
    expect(second.body).toMatchObject({ items: [{ name: 'us-east' }] });
    expect(second.body).not.toHaveProperty('next');
  });

  it.each(['limit=0', 'limit=201', 'limit=a', 'limit=1.5', 'limit=1&limit=2', 'page=2'])(
    'refuse to be listed with %s',
    async (query) => {
      const { status, body } = await call('GET', `/api/v1/clusters?${query}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'INVALID_INPUT' });
    },
  );

  it('are probed', async () => {
    const { status, body } = await call('POST', '/api/v1/clusters/eu-west/probe');
    expect(status).toBe(200);
    expect(probeView.parse(body)).toMatchObject({
      ok: false,
      findings: [{ kind: 'forbidden', message: expect.stringContaining('patch virtualservices') }],
    });
  });

  it('are removed once', async () => {
    const { status, body } = await call('DELETE', '/api/v1/clusters/us-east');
    expect([status, body]).toEqual([204, '']);
    expect((await call('DELETE', '/api/v1/clusters/us-east')).status).toBe(404);
  });

  it('cannot have a name that is none', async () => {
    const { status, body } = await call('GET', '/api/v1/clusters/EU%20West');
    expect([status, body]).toMatchObject([404, { code: 'UNKNOWN_CLUSTER' }]);
  });
});

describe('services', () => {
  const catalog = { name: 'shop/catalog', port: 8080, stable: 'v1', clusters: ['eu-west'] };

  it('are added and read by namespace and name', async () => {
    const put = await call('PUT', '/api/v1/services/shop/catalog', { body: catalog });
    expect(put.status).toBe(200);
    const { body } = await call('GET', '/api/v1/services/shop/catalog');
    expect(serviceView.parse(body)).toMatchObject({ host: 'catalog.shop.svc.cluster.local' });
    const list = await call('GET', '/api/v1/services');
    expect(list.body).toMatchObject({ items: [{ name: 'shop/catalog' }] });
  });

  it('are refused under another name than their own', async () => {
    const answer = await call('PUT', '/api/v1/services/shop/cart', { body: catalog });
    expect(answer.body).toMatchObject({ status: 400, field: 'name' });
  });

  it('pass the idempotency key on', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    await call('POST', '/api/v1/services', { body: catalog, headers });
    expect(app.useCases.commands.at(-1)).toMatchObject({ actor: 'ci', idempotencyKey: 'k-1' });
  });

  it('may be unknown', async () => {
    const { status, body } = await call('GET', '/api/v1/services/shop/none');
    expect([status, body]).toMatchObject([404, { code: 'UNKNOWN_SERVICE' }]);
  });
});

describe('strategies', () => {
  const canary = { name: 'canary', steps: [{ setWeight: 10 }] };

  it('keep their versions', async () => {
    await call('POST', '/api/v1/strategies', { body: canary });
    const steps = [{ setWeight: 20 }];
    const put = await call('PUT', '/api/v1/strategies/canary', { body: { ...canary, steps } });
    expect(strategyView.parse(put.body)).toMatchObject({ version: 2, steps });
    const first = await call('GET', '/api/v1/strategies/canary?version=1');
    expect(first.body).toMatchObject({ version: 1, steps: canary.steps });
    const list = await call('GET', '/api/v1/strategies');
    expect(list.body).toMatchObject({ items: [{ name: 'canary', version: 2 }] });
  });

  it('may not have the version that is asked for', async () => {
    const { status, body } = await call('GET', '/api/v1/strategies/canary?version=9');
    expect([status, body]).toMatchObject([404, { code: 'UNKNOWN_STRATEGY' }]);
  });
});

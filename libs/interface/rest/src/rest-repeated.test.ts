import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Workshop } from '@spillway/application/testing';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
beforeEach(async () => {
  app = await startRestApp({ replace: { useCases: new Workshop().useCases } });
});
afterEach(() => app.close());
const call = callerOf(() => app);

it('answers a repeated request as the first, also when the cluster is gone by now', async () => {
  const body = {
    name: 'eu-west',
    connection: { inCluster: true },
    metrics: { prometheus: { url: 'http://prometheus:9090' } },
  };
  const headers = { 'idempotency-key': 'k-1' };
  const first = await call('POST', '/api/v1/clusters', { body, headers });
  expect(first.status).toBe(200);
  await call('DELETE', '/api/v1/clusters/eu-west');
  const again = await call('POST', '/api/v1/clusters', { body, headers });
  expect(again).toMatchObject({ status: first.status, body: { name: 'eu-west' } });
  expect(await call('GET', '/api/v1/clusters/eu-west')).toMatchObject({ status: 404 });
});

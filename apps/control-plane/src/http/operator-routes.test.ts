import { describe, expect, it } from '@jest/globals';
import type { MetricsAccess } from '../config/metrics-access.js';
import { Health } from '../health/health.js';
import { operatorRoutes } from './operator-routes.js';

const away = new Health({
  ask: () => Promise.reject(new Error('refused')),
  isOpen: () => true,
});

const routes = (metrics: MetricsAccess) =>
  operatorRoutes({
    health: away,
    metrics,
    scrape: () => Promise.resolve({ contentType: 'text/plain', text: 'spillway_workers 1\n' }),
  });

const ask = async (
  metrics: MetricsAccess,
  { authorization, host }: { authorization?: string; host?: string } = {},
): Promise<number | undefined> =>
  (await routes(metrics).get('/metrics')?.({ authorization, host }))?.status;

const token = 'a-token-for-prometheus';

describe('metrics are read', () => {
  it.each([
    [`Bearer ${token}`, 200],
    ['Bearer another-one-for-prometheus', 401],
    [`Basic ${token}`, 401],
    [undefined, 401],
  ])('by who sends their token, where there is one: %s, %d', async (authorization, status) => {
    const sent = authorization === undefined ? {} : { authorization };
    expect(await ask({ kind: 'token', token }, sent)).toBe(status);
  });

  it.each([
    ['127.0.0.1:8080', 200],
    ['localhost', 200],
    ['[::1]:8080', 200],
    ['evil.example.com', 401],
    ['127.0.0.1.evil.example.com', 401],
    [undefined, 401],
  ])('on loopback by who is there, and no page that leads here: %s, %d', async (host, status) => {
    expect(await ask({ kind: 'loopback' }, host === undefined ? {} : { host })).toBe(status);
  });

  it('by nobody where nothing was set: there is no such address', () => {
    expect([...routes({ kind: 'nobody' }).keys()]).toEqual(['/healthz', '/readyz']);
  });
});

describe('health', () => {
  it('is alive while its database is away, and not ready', async () => {
    const all = routes({ kind: 'nobody' });
    const request = { authorization: undefined, host: undefined };
    expect(await all.get('/healthz')?.(request)).toMatchObject({ status: 200 });
    const ready = await all.get('/readyz')?.(request);
    expect(ready).toMatchObject({ status: 503 });
    expect(JSON.parse(ready?.body ?? '')).toMatchObject({
      ok: false,
      checks: [{ name: 'database', ok: false, detail: 'refused' }],
    });
  });
});

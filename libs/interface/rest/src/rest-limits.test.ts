import { afterEach, describe, expect, it } from '@jest/globals';
import { aRelease } from '@spillway/domain-release/testing';
import { problemView } from '@spillway/interface-contract';
import type { HttpSettings } from './http/http-settings.js';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

const id = '00000000-0000-4000-8000-000000000001';
let app: RestApp;
const call = callerOf(() => app);

async function start(http: Partial<HttpSettings>): Promise<void> {
  app = await startRestApp({ http });
  app.useCases.releases.put(aRelease({ revision: 1 }));
}
afterEach(() => app.close());

const list = (token?: string) => call('GET', '/api/v1/releases', { token });
const abort = (token?: string) => call('POST', `/api/v1/releases/${id}/abort`, { token });

describe('limits', () => {
  it('say how much is left, and when there is more', async () => {
    await start({ requestsPerMinute: 2 });
    const { headers } = await list();
    expect(headers.get('ratelimit-limit')).toBe('2');
    expect(headers.get('ratelimit-remaining')).toBe('1');
    expect(Number(headers.get('ratelimit-reset'))).toBeGreaterThan(0);
    expect(headers.get('ratelimit-policy')).toBe('2;w=60');
  });

  it('count each token by itself', async () => {
    await start({ requestsPerMinute: 2 });
    expect([(await list()).status, (await list()).status]).toEqual([200, 200]);
    const { status, headers, body } = await list();
    expect([status, problemView.parse(body).code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await list('token-of-portal')).status).toBe(200);
  });

  it('never refuse to roll back', async () => {
    await start({ requestsPerMinute: 1, failedLoginsPerMinute: 1 });
    for (let i = 0; i < 3; i += 1) await list('wrong');
    for (let i = 0; i < 3; i += 1) await list();
    expect((await list()).status).toBe(429);
    for (let i = 0; i < 20; i += 1) expect((await abort()).status).toBe(200);
  });

  it('stop an address that guesses tokens, but not tokens that are good', async () => {
    await start({ failedLoginsPerMinute: 3 });
    expect((await list()).status).toBe(200);
    const guesses = [];
    for (let i = 0; i < 5; i += 1) guesses.push((await list(`guess-${i}`)).status);
    expect(guesses).toEqual([401, 401, 401, 429, 429]);
    expect((await list('token-of-portal')).status).toBe(429);
    expect((await list()).status).toBe(200);
    expect((await call('GET', '/health/live', { token: '' })).status).toBe(200);
  });

  it('do not learn that a token is good from what is open to all', async () => {
    await start({ failedLoginsPerMinute: 1 });
    await list('wrong');
    expect((await call('GET', '/api/v1/openapi.json', { token: 'guess' })).status).toBe(429);
    expect((await call('GET', '/health/live', { token: 'guess' })).status).toBe(200);
    expect((await list('guess')).status).toBe(429);
  });

  it.each([
    ['GET', '/api/v1/tokens/abort'],
    ['GET', `/api/v1/releases/${id}/abort`],
    ['POST', '/hooks/undo'],
    ['PUT', '/api/v1/rules/rollback'],
  ])('hold for %s %s, which takes nothing back', async (method, path) => {
    await start({ failedLoginsPerMinute: 1 });
    await list('wrong');
    expect((await call(method, path, { token: 'guess' })).status).toBe(429);
  });

  it('are none where nobody wants one', async () => {
    await start({ requestsPerMinute: 0, failedLoginsPerMinute: 0 });
    for (let i = 0; i < 5; i += 1) expect((await list('wrong')).status).toBe(401);
    expect((await list()).headers.get('ratelimit-limit')).toBeNull();
  });
});

describe('pages of other origins', () => {
  const origin = 'https://portal.example.com';

  it('read nothing where none is allowed', async () => {
    await start({});
    const { headers } = await call('GET', '/api/v1/releases', { headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('read answers where theirs is, and never with cookies', async () => {
    await start({ corsOrigins: [origin] });
    const { headers } = await call('GET', '/api/v1/releases', { headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toContain('ETag');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    const other = { origin: 'https://evil.example.com' };
    const refused = await call('GET', '/api/v1/releases', { headers: other });
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may ask beforehand without a token', async () => {
    await start({ corsOrigins: [origin] });
    const headers = { origin, 'access-control-request-method': 'POST' };
    const answer = await call('OPTIONS', '/api/v1/releases', { token: '', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemView } from '@spillway/interface-contract';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
const call = callerOf(() => app);

beforeAll(async () => {
  app = await startRestApp();
});
afterAll(() => app.close());

describe('authentication', () => {
  it.each(['', 'wrong', 'token-of-c', 'token-of-ci2'])('refuses the token %j', async (token) => {
    const { status, headers, body } = await call('GET', '/api/v1/clusters', { token });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="spillway"');
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(problemView.parse(body)).toMatchObject({
      code: 'UNAUTHENTICATED',
      instance: '/api/v1/clusters',
    });
  });

  it('lets a valid token in and names it as the actor', async () => {
    const body = { service: 'shop/catalog', candidate: 'v2', strategy: 'canary-10' };
    const { status } = await call('POST', '/api/v1/releases', { token: 'token-of-portal', body });
    expect(status).toBe(201);
    expect(app.useCases.commands.at(-1)).toMatchObject({ actor: 'portal' });
  });

  it('refuses before it looks at the body', async () => {
    const { status } = await call('POST', '/api/v1/strategies', { token: 'wrong', body: {} });
    expect(status).toBe(401);
  });
});

describe('health', () => {
  it('says without a token that the process runs', async () => {
    const { status, body } = await call('GET', '/health/live', { token: '' });
    expect([status, body]).toEqual([200, { ok: true, checks: [] }]);
  });

  it('is ready while its checks pass, and 503 while one does not', async () => {
    expect((await call('GET', '/health/ready', { token: '' })).status).toBe(200);
    app.health = { ok: false, checks: [{ name: 'database', ok: false, detail: 'refused' }] };
    const { status, body } = await call('GET', '/health/ready', { token: '' });
    expect([status, body]).toEqual([503, app.health]);
  });
});

describe('reference', () => {
  it('is there without a token and loads nothing from elsewhere', async () => {
    const { status, headers, body } = await call('GET', '/api/v1/docs/', { token: '' });
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    const script = await call('GET', '/api/v1/docs/swagger-ui-bundle.js', { token: '' });
    expect(script.status).toBe(200);
  });

  it('is a document, too', async () => {
    const { status, body } = await call('GET', '/api/v1/openapi.json', { token: '' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ openapi: '3.1.0' });
  });
});

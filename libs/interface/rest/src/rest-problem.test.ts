import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CodedError, refusal } from '@spillway/kernel';
import { problemView } from '@spillway/interface-contract';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
const call = callerOf(() => app);

beforeAll(async () => {
  app = await startRestApp();
});
afterEach(() => app.useCases.failWith(undefined));
afterAll(() => app.close());

describe('problems', () => {
  it('names the field that is wrong', async () => {
    const body = { name: 'canary', steps: [{ setWeight: 10 }, { bake: 'soon' }] };
    const answer = await call('POST', '/api/v1/strategies', { body });
    expect(answer.status).toBe(400);
    expect(problemView.parse(answer.body)).toMatchObject({
      type: '/problems/invalid-input',
      status: 400,
      code: 'INVALID_INPUT',
      field: 'steps[1].bake',
      instance: '/api/v1/strategies',
    });
  });

  it.each([
    ['GET', '/api/v1/nothing'],
    ['POST', '/api/v1/nothing'],
    ['GET', '/'],
  ])('says that there is nothing at %s %s', async (method, path) => {
    const { status, headers, body } = await call(method, path);
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(problemView.parse(body)).toMatchObject({ code: 'NOT_FOUND', instance: path });
  });

  it.each(['{"name":', 'nonsense', '"text"'])('refuses the body %s', async (body) => {
    const answer = await call('POST', '/api/v1/strategies', { body });
    expect(answer.status).toBe(400);
    expect(problemView.parse(answer.body)).toMatchObject({ code: 'INVALID_INPUT', status: 400 });
  });

  it('asks for JSON when there is none', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${app.url}/api/v1/strategies`, {
      method: 'POST',
      headers: { authorization: 'Bearer token-of-ci', ...headers },
    });
    expect(problemView.parse(await response.json())).toMatchObject({ status: 400 });
  });

  it('names every wrong field', async () => {
    const body = { nmae: 'canary', steps: [{ setWeight: 'x' }, { bake: 'soon' }] };
    const answer = await call('POST', '/api/v1/strategies', { body });
    expect(problemView.parse(answer.body).errors?.map(({ field }) => field)).toEqual([
      '',
      'name',
      'steps[0].setWeight',
      'steps[1].bake',
    ]);
  });

  it('lead to what people read about them, without a token', async () => {
    const { body } = await call('GET', '/api/v1/nothing');
    const { docs, type } = problemView.parse(body);
    expect(docs).toBe('/problems#not-found');
    const page = await call('GET', '/problems', { token: '' });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('<h2 id="not-found">NOT_FOUND</h2>');
    expect(page.body).toContain(
      '<p><b>Next:</b> See <code>/api/v1/docs</code> for what there is.</p>',
    );
    const moved = await fetch(app.url + type, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([302, docs]);
  });

  it('refuses an address that cannot be decoded', async () => {
    const { status, body } = await call('GET', '/api/v1/clusters/%E0%A4%A');
    expect([status, problemView.parse(body).code]).toEqual([400, 'INVALID_INPUT']);
  });

  it('gives what the use case refused', async () => {
    app.useCases.failWith(() => refusal('SERVICE_BUSY', 'It is busy.', 'Wait.'));
    const body = { service: 'shop/catalog', candidate: 'v2', strategy: 'canary-10' };
    const answer = await call('POST', '/api/v1/releases', { body });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'SERVICE_BUSY',
      detail: 'It is busy.',
      next: 'Wait.',
    });
  });

  it('asks to come back while the database does not answer', async () => {
    app.useCases.failWith(() => {
      throw new CodedError('DATABASE_UNAVAILABLE', 'No connection.', 'Wait.');
    });
    const { status, headers, body } = await call('GET', '/api/v1/releases');
    expect([status, headers.get('retry-after')]).toEqual([503, '2']);
    expect(problemView.parse(body)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it('keeps the unforeseen to the log, under the request’s id', async () => {
    app.useCases.failWith(() => {
      throw new Error('password=hunter2');
    });
    const headers = { 'x-request-id': 'request-1' };
    const answer = await call('GET', '/api/v1/clusters/eu-west', { headers });
    expect(answer.status).toBe(500);
    expect(problemView.parse(answer.body)).toMatchObject({
      code: 'INTERNAL',
      requestId: 'request-1',
    });
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
    expect(app.logged).toEqual([
      {
        fields: {
          err: new Error('password=hunter2'),
          requestId: 'request-1',
          method: 'GET',
          path: '/api/v1/clusters/eu-west',
        },
        message: 'a request went wrong in an unforeseen way',
      },
    ]);
    expect(JSON.stringify(app.logged)).not.toContain('token-of-ci');
  });
});

describe('headers', () => {
  it('takes a sane request id and makes one otherwise', async () => {
    const idFor = async (sent: string) => {
      const headers = { 'x-request-id': sent };
      return (await call('GET', '/health/live', { headers })).headers.get('x-request-id');
    };
    expect(await idFor('abc-1')).toBe('abc-1');
    expect(await idFor('a b')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor('x'.repeat(129))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells browsers to run nothing', async () => {
    const { headers } = await call('GET', '/api/v1/clusters');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

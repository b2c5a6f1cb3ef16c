import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemView, toReleaseListing } from '@spillway/interface-contract';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
const call = callerOf(() => app);

beforeAll(async () => {
  app = await startRestApp({ http: { headMs: 200, requestMs: 400 } });
});
afterAll(() => app.close());

const strategies = '/api/v1/strategies';

/** Sends the bytes as they are, and gives all that comes back before the server hangs up. */
async function rawly(...parts: (string | Buffer)[]): Promise<string> {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes.toString()));
  socket.on('error', () => undefined);
  for (const part of parts) socket.write(part);
  await once(socket, 'close');
  return answer;
}

const problemIn = (answer: string) =>
  problemView.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))));

const head = (...lines: string[]): string =>
  [
    `POST ${strategies} HTTP/1.1`,
    'Host: spillway',
    'Authorization: Bearer token-of-ci',
    'Connection: close',
    ...lines,
    '',
    '',
  ].join('\r\n');

describe('what cannot be answered', () => {
  it('is a body that is null, also where there need be none', async () => {
    const path = '/api/v1/releases/00000000-0000-4000-8000-000000000001/abort';
    expect(await call('POST', path, { body: 'null' })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT' },
    });
  });

  it.each([
    ['PATCH', '/api/v1/clusters', 'GET, HEAD, POST'],
    ['QUERY', '/api/v1/clusters', 'GET, HEAD, POST'],
    ['DELETE', '/api/v1/releases/x/abort', 'POST'],
    ['POST', '/health/live', 'GET, HEAD'],
  ])('%s %s is refused with what is allowed', async (method, path, allow) => {
    const { status, headers, body } = await call(method, path);
    expect([status, headers.get('allow')]).toEqual([405, allow]);
    expect(problemView.parse(body)).toMatchObject({ code: 'METHOD_NOT_ALLOWED', instance: path });
    expect(headers.get('x-request-id')).toBe(problemView.parse(body).requestId);
  });

  it.each([
    ['/api/v1/clusters', 'text/html', 406],
    ['/api/v1/clusters', 'application/xml, application/json;q=0', 406],
    ['/api/v1/clusters', 'text/html, */*;q=0.1', 200],
    ['/api/v1/releases/x/watch', 'application/json', 406],
  ])('%s for who accepts %s is %d', async (path, accept, status) => {
    const answer = await call('GET', path, { headers: { accept } });
    expect(answer.status).toBe(status);
    if (status === 406) expect(problemView.parse(answer.body).code).toBe('NOT_ACCEPTABLE');
  });

  it.each(['/api/v1/clusters?cursor=', '/api/v1/clusters/', '/api/v1/nothing/'])(
    'refuses the address %s… that is too long',
    async (start) => {
      const { status, body } = await call('GET', `${start}${'x'.repeat(9_000)}`);
      expect([status, problemView.parse(body).code]).toEqual([414, 'ADDRESS_TOO_LONG']);
    },
  );

  it.each(['/api/v1/clusters/%', '/api/v1/clusters/%ff'])(
    'refuses the address %s',
    async (path) => {
      const { status, headers, body } = await call('GET', path);
      expect([status, problemView.parse(body).code]).toEqual([400, 'INVALID_INPUT']);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-request-id')).toBe(problemView.parse(body).requestId);
    },
  );
});

describe('bodies', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'refuses %s',
    async (type) => {
      const headers = { 'content-type': type };
      const { status, body } = await call('POST', strategies, { body: '{}', headers });
      expect([status, problemView.parse(body).code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    },
  );

  it.each(['utf-16', 'iso-8859-1', 'nonsense'])('refuses JSON in %s', async (charset) => {
    const headers = { 'content-type': `application/json; charset=${charset}` };
    const { status, body } = await call('POST', strategies, { body: '{}', headers });
    expect([status, problemView.parse(body).code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('takes at most a megabyte', async () => {
    const withSpace = (length: number) => `{"name":"x"${' '.repeat(length - 12)}}`;
    const small = await call('POST', strategies, { body: withSpace(1_048_576) });
    expect(small.body).toMatchObject({ status: 400, field: 'steps' });
    const large = await call('POST', strategies, { body: withSpace(1_048_577) });
    expect(large.status).toBe(413);
    expect(problemView.parse(large.body)).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  it('refuses bytes that are no UTF-8 instead of reading others', async () => {
    const bytes = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    const lines = ['Content-Type: application/json', `Content-Length: ${bytes.length}`];
    expect(problemIn(await rawly(head(...lines), bytes))).toMatchObject({
      status: 400,
      detail: 'The body is not valid UTF-8.',
    });
  });

  it.each([
    '{"name":"a","steps":[],"__proto__":{"x":1}}',
    '{"name":"a","steps":[],"labels":{"\\u005f_proto__":{}}}',
    `{"name":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
  ])('refuses the body %.50s', async (body) => {
    const answer = await call('POST', strategies, { body });
    expect([answer.status, problemView.parse(answer.body).code]).toEqual([400, 'INVALID_INPUT']);
  });
});

describe('queries', () => {
  it.each([
    'limit=1&limit=2',
    'limit=0x10',
    'limit=1e1',
    'limit=%205',
    'limit=',
    'limit=201',
    'constructor=1',
    '__proto__=1',
    'limit[]=5',
  ])('refuses %s', async (query) => {
    const { status, body } = await call('GET', `/api/v1/clusters?${query}`);
    expect([status, problemView.parse(body).code]).toEqual([400, 'INVALID_INPUT']);
  });
});

describe('filters', () => {
  it('of releases reach the use case as they are meant', async () => {
    const at = '2026-01-05T00:00:00.000Z';
    const query = `namespace=shop&candidate=v2&strategy=canary-10&since=${at}&until=${at}`;
    const { status } = await call('GET', `/api/v1/releases?${query}`);
    expect(status).toBe(200);
    expect(toReleaseListing(Object.fromEntries(new URLSearchParams(query)))).toMatchObject({
      value: {
        filter: {
          namespace: 'shop',
          candidate: 'v2',
          strategy: 'canary-10',
          since: Date.parse(at),
          until: Date.parse(at),
        },
      },
    });
  });

  it.each(['since=yesterday', 'namespace=A_B', 'candidate=', 'phase=gone'])(
    'refuse %s',
    async (query) => {
      const { status, body } = await call('GET', `/api/v1/releases?${query}`);
      expect([status, problemView.parse(body).errors?.length]).toEqual([400, 1]);
    },
  );
});

describe('connections', () => {
  it('says what is wrong to whoever speaks no HTTP', async () => {
    expect(problemIn(await rawly('nonsense\r\n\r\n'))).toMatchObject({ status: 400 });
  });

  it('refuses headers without end', async () => {
    const answer = await rawly(head(`X-Long: ${'x'.repeat(20_000)}`));
    expect(problemIn(answer)).toMatchObject({ status: 431, code: 'HEADERS_TOO_LARGE' });
  });

  it.each([
    ['its head', 'GET /health/live HTTP/1.1\r\nHost: a\r\n'],
    ['its body', head('Content-Type: application/json', 'Content-Length: 5').concat('{')],
  ])('cuts off who is too slow with %s', async (_, part) => {
    const answer = await rawly(part);
    expect(problemIn(answer)).toMatchObject({ status: 408, code: 'REQUEST_TIMEOUT' });
  });
});

import { instant } from '@spillway/kernel';
import { afterEach, describe, expect, it } from '@jest/globals';
import { buildConnector } from 'undici';
import {
  aConnection,
  startLoopbackPrometheus,
  vector,
  type LoopbackPrometheus,
  type Reply,
} from '../testing/index.js';
import { PrometheusClient, type PrometheusConnection } from './prometheus-client.js';

const at = instant(1_700_000_000_123);
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function connect(
  reply: Reply,
  change: Partial<PrometheusConnection> = {},
  prefix = '',
): Promise<{ client: PrometheusClient; server: LoopbackPrometheus }> {
  const server = await startLoopbackPrometheus(() => reply);
  const client = new PrometheusClient(aConnection(`${server.url}${prefix}`, change));
  open.push(client, server);
  return { client, server };
}

/** Names are looked up for ever. */
const deaf = (options?: buildConnector.BuildOptions) =>
  buildConnector({ ...options, lookup: () => undefined });

const series = (one: unknown): unknown => ({
  status: 'success',
  data: { resultType: 'vector', result: [one] },
});
const good: Reply = { body: vector([{ a: 'b' }, '1.5']) };

describe('a query to Prometheus', () => {
  it('is a POST below the path prefix, with its moment in seconds', async () => {
    const { client, server } = await connect(good, {}, '/monitoring/prometheus/');
    const answer = await client.query('up{a="b"} + 1', at);
    expect(answer).toEqual({ kind: 'series', series: [{ labels: { a: 'b' }, value: 1.5 }] });
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        path: '/monitoring/prometheus/api/v1/query',
        promql: 'up{a="b"} + 1',
        time: '1700000000.123',
      },
    ]);
  });

  it.each([
    [{ kind: 'none' }, undefined],
    [{ kind: 'bearer', token: 't0k' }, 'Bearer t0k'],
    [{ kind: 'basic', username: 'jane', password: 'p:w' }, 'Basic amFuZTpwOnc='],
  ] as const)('shows its credentials: %j', async (auth, header) => {
    const { client, server } = await connect(good, { auth });
    await client.query('up', at);
    expect(server.seen[0]?.headers.authorization).toBe(header);
  });

  it('gives up after its time-out', async () => {
    const { client } = await connect(undefined, { timeoutMs: 40 });
    expect(await client.query('up', at)).toMatchObject({
      kind: 'silence',
      message: expect.stringContaining('no answer within 40 ms'),
    });
  });

  it('gives up after its time-out also while it is not connected yet', async () => {
    const connection = aConnection('http://nowhere.example', { timeoutMs: 40 });
    const client = new PrometheusClient(connection, deaf);
    open.push(client);
    const answer = await client.query('up', at);
    expect(answer).toMatchObject({ message: expect.stringContaining('no answer within 40 ms') });
  });

  it('fails with the reason and the address when nobody listens', async () => {
    const { client, server } = await connect(good);
    await server.close();
    expect(await client.query('up', at)).toMatchObject({
      kind: 'silence',
      message: expect.stringMatching(/^Prometheus at http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED/),
    });
  });

  it('fails instead of rejecting once it is closed', async () => {
    const { client } = await connect(good);
    await client.close();
    expect(await client.query('up', at)).toMatchObject({ kind: 'silence' });
  });

  it.each<[string, Reply, string]>([
    [
      'an error of Prometheus',
      { status: 400, body: { status: 'error', errorType: 'bad_data', error: 'parse error' } },
      'bad_data: parse error',
    ],
    [
      'a warning, for then a part may be missing',
      {
        body: {
          status: 'success',
          warnings: ['store eu-2 timed out'],
          data: { resultType: 'vector', result: [] },
        },
      },
      'may be incomplete: store eu-2 timed out',
    ],
    [
      'series that a limit cut off',
      {
        body: {
          status: 'success',
          warnings: ['results truncated due to limit'],
          data: { resultType: 'vector', result: [{ metric: {}, value: [0, '1'] }] },
        },
      },
      'may be incomplete: results truncated due to limit',
    ],
    [
      'a part, as VictoriaMetrics says it',
      {
        body: {
          status: 'success',
          isPartial: true,
          data: { resultType: 'vector', result: [{ metric: {}, value: [0, '1'] }] },
        },
      },
      'may be incomplete',
    ],
    [
      'too many samples',
      {
        status: 422,
        body: {
          status: 'error',
          errorType: 'execution',
          error: 'query processing would load too many samples into memory in query execution',
        },
      },
      'execution: query processing would load too many samples',
    ],
    [
      'a query that took the backend too long',
      { status: 503, body: { status: 'error', errorType: 'timeout', error: 'query timed out' } },
      'timeout: query timed out',
    ],
    [
      'series under a status that is none of success',
      { status: 503, body: vector([{ a: 'b' }, '1']) },
      'HTTP 503',
    ],
    [
      'an answer that was cut off',
      { body: JSON.stringify(vector([{ a: 'b' }, '1'])).slice(0, -20) },
      'not JSON',
    ],
    ['a series that is none', { body: series(7) }, 'data.result.0'],
    ['labels that are no text', { body: series({ metric: { a: 1 }, value: [0, '1'] }) }, '.metric'],
    ['no labels', { body: series({ value: [0, '1'] }) }, 'data.result.0.metric'],
    ['a value that is none', { body: series({ metric: {}, value: [0, 'many'] }) }, '.value'],
    ['an empty value', { body: series({ metric: {}, value: [0, ''] }) }, '.value'],
    ['a value without its moment', { body: series({ metric: {}, value: ['1'] }) }, '.value'],
    ['refused credentials', { status: 403, body: 'no' }, 'does not accept the credentials'],
    [
      'a redirect, which it does not follow',
      { status: 302, headers: { location: '/login' }, body: '' },
      'it sends to /login',
    ],
    [
      'a page that is not JSON',
      { status: 404, body: '<h1>404</h1>' },
      'check host and path prefix',
    ],
    [
      'a range of values in place of one',
      { body: { status: 'success', data: { resultType: 'matrix', result: [] } } },
      'not an answer to an instant query: data.resultType',
    ],
    [
      'a native histogram, which is not one number',
      {
        body: {
          status: 'success',
          data: { resultType: 'vector', result: [{ metric: {}, histogram: [0, {}] }] },
        },
      },
      'data.result.0.value',
    ],
  ])('fails on %s', async (_, reply, message) => {
    const { client } = await connect(reply);
    expect(await client.query('up', at)).toMatchObject({
      kind: 'error',
      message: expect.stringContaining(message),
    });
  });

  it('reads scalars and numbers that JSON does not have', async () => {
    const scalar = { status: 'success', data: { resultType: 'scalar', result: [0, '-Inf'] } };
    const one = await connect({ body: scalar });
    expect(await one.client.query('scalar(up)', at)).toEqual({
      kind: 'series',
      series: [{ labels: {}, value: -Infinity }],
    });
    const two = await connect({ body: vector([{}, 'NaN'], [{}, '+Inf'], [{}, '1e3']) });
    expect(await two.client.query('up', at)).toMatchObject({
      series: [{ value: Number.NaN }, { value: Infinity }, { value: 1_000 }],
    });
  });

  it('says what to write in place of an address that is none', () => {
    expect(() => new PrometheusClient(aConnection('prometheus'))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});

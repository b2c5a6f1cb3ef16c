import { describe, expect, it } from '@jest/globals';
import {
  startLoopbackVendor,
  type LoopbackVendor,
  type SeenRequest,
  type VendorReply,
} from '../testing/loopback-vendor.js';
import { googleKeyFile, grantGoogleToken } from '../testing/loopback-google.js';
import { numberSourceContract } from '../testing/number-source-contract.js';
import { aWindow, now, type VendorUnderTest } from '../testing/vendor-under-test.js';
import { createGoogleCloudSource } from './google-cloud-source.js';

const query = 'sum(rate(istio_requests_total{destination_version="v2"}[60s]))';

const vector = (...result: readonly unknown[]): VendorReply => ({
  body: { status: 'success', data: { resultType: 'vector', result } },
});
const series = (value: string, metric: object = {}): unknown => ({
  metric,
  value: [1_700_000_100, value],
});

const tooOften = (...details: readonly object[]): VendorReply => ({
  status: 429,
  body: { error: { code: 429, message: 'Quota exceeded', status: 'RESOURCE_EXHAUSTED', details } },
});

const google: VendorUnderTest = {
  query,
  secrets: (url) => ({ 'google-key': googleKeyFile(url) }),
  connect: ({ url, timeoutMs, ...deps }) =>
    createGoogleCloudSource(
      {
        kind: 'googleCloud',
        project: 'example.com:shop',
        url,
        timeoutMs,
        serviceAccountKey: { secret: 'google-key' },
      },
      deps,
    ),
  beside: (request: SeenRequest) =>
    request.path === '/token' ? grantGoogleToken(request, now, 'ya29.token-1') : undefined,
  checkRequest: (request) => {
    expect(request).toMatchObject({
      method: 'GET',
      path: '/v1/projects/example.com%3Ashop/location/global/prometheus/api/v1/query',
      headers: { authorization: 'Bearer ya29.token-1' },
      body: '',
    });
    expect(request.query).toEqual({ query, time: '1700000100.000', timeout: '4500ms' });
  },
  value: (value) => vector(series(String(value))),
  empty: [['no series', vector()]],
  notANumber: [
    ['NaN', vector(series('NaN'))],
    ['an infinite value', vector(series('+Inf'))],
  ],
  several: [
    {
      name: 'a query without sum()',
      reply: vector(series('1', { __name__: 'up', pod: 'a' }), series('2', { pod: 'b' })),
      message: /2 series came \(up\{pod="a"\}, \{pod="b"\}\).*sum\(…\)/,
    },
  ],
  partial: [
    {
      name: 'a warning',
      reply: {
        body: {
          status: 'success',
          warnings: ['a part of the data was not read'],
          data: { resultType: 'vector', result: [series('1')] },
        },
      },
      message: 'may be incomplete: a part of the data was not read',
    },
  ],
  queryErrors: [
    {
      name: 'as Prometheus says it',
      reply: {
        status: 400,
        body: { status: 'error', errorType: 'bad_data', error: 'unclosed left parenthesis' },
      },
      message: 'HTTP 400: bad_data: unclosed left parenthesis',
    },
    {
      name: 'as Google says it',
      reply: {
        status: 404,
        body: { error: { code: 404, message: 'Project not found: shop', status: 'NOT_FOUND' } },
      },
      message: 'HTTP 404: Project not found: shop',
    },
  ],
  refused: [
    [
      'PERMISSION_DENIED',
      {
        status: 403,
        body: {
          error: {
            code: 403,
            message: 'Permission monitoring.timeSeries.list denied',
            status: 'PERMISSION_DENIED',
          },
        },
      },
    ],
  ],
  rateLimits: [
    ['a quota that is used up', tooOften(), undefined],
    [
      'how long Google asks to wait',
      tooOften(
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'RATE_LIMIT_EXCEEDED' },
        { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '3.5s' },
      ),
      3_500,
    ],
    [
      'a part of a millisecond',
      tooOften({
        '@type': 'type.googleapis.com/google.rpc.RetryInfo',
        retryDelay: '28.073991000s',
      }),
      28_074,
    ],
    [
      'a wait that is none',
      tooOften({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: 'soon' }),
      undefined,
    ],
  ],
};

describe('Google Cloud Monitoring', () => numberSourceContract(google));

describe('a token that Google does not accept any more', () => {
  it('is replaced at the next question', async () => {
    let granted = 0;
    const server: LoopbackVendor = await startLoopbackVendor((request) => {
      if (request.path === '/token') return grantGoogleToken(request, now, `token-${++granted}`);
      return request.headers.authorization === 'Bearer token-2'
        ? vector(series('3'))
        : { status: 401, body: { error: { message: 'Invalid token token-1' } } };
    });
    const source = createGoogleCloudSource(
      {
        kind: 'googleCloud',
        project: 'shop',
        url: server.url,
        timeoutMs: 5_000,
        serviceAccountKey: { secret: 'google-key' },
      },
      { openSecret: () => Promise.resolve(googleKeyFile(server.url)), clock: { now: () => now } },
    );
    try {
      const question = { query, ...aWindow };
      expect(await source.ask(question)).toMatchObject({
        kind: 'error',
        message: expect.stringMatching(
          /look at the secret "google-key": Invalid token <google-key>$/,
        ),
      });
      expect(await source.ask(question)).toEqual({ kind: 'value', value: 3 });
    } finally {
      await source.close();
      await server.close();
    }
  });
});

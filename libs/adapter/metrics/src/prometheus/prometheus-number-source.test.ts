import { describe, expect, it } from '@jest/globals';
import { startLoopbackVendor, type VendorReply } from '../testing/loopback-vendor.js';
import { vector } from '../testing/loopback-prometheus.js';
import { numberSourceContract } from '../testing/number-source-contract.js';
import { aWindow, now, type VendorUnderTest } from '../testing/vendor-under-test.js';
import { createPrometheusNumberSource } from './prometheus-number-source.js';

const query = 'sum(increase(errors_total{service="catalog"}[1m]))';

const fault = (status: number, errorType: string, error: string): VendorReply => ({
  status,
  body: { status: 'error', errorType, error },
});

const prometheus: VendorUnderTest = {
  query,
  secrets: { 'prometheus-token': 'a-token-of-prometheus' },
  connect: ({ url, timeoutMs, ...deps }) =>
    createPrometheusNumberSource(
      {
        kind: 'prometheus',
        url: `${url}/prom/`,
        timeoutMs,
        bearerToken: { secret: 'prometheus-token' },
      },
      deps,
    ),
  checkRequest: (request) => {
    expect(request).toMatchObject({
      method: 'POST',
      path: '/prom/api/v1/query',
      query: {},
      headers: {
        authorization: 'Bearer a-token-of-prometheus',
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
      query,
      time: '1700000100.000',
      timeout: '4500ms',
    });
  },
  value: (value) => ({ body: vector([{}, String(value)]) }),
  empty: [['no series', { body: vector() }]],
  notANumber: [
    ['NaN', { body: vector([{}, 'NaN']) }],
    ['+Inf', { body: vector([{}, '+Inf']) }],
    ['-Inf', { body: vector([{}, '-Inf']) }],
  ],
  several: [
    {
      name: 'two pods',
      reply: { body: vector([{ __name__: 'up', pod: 'a' }, '1'], [{ pod: 'b' }, '2']) },
      message: '2 series came (up{pod="a"}, {pod="b"}) where one number is needed. Put sum(…)',
    },
  ],
  partial: [
    {
      name: 'a warning',
      reply: {
        body: { ...(vector([{}, '1']) as object), warnings: ['store eu-2 timed out'] },
      },
      message: 'may be incomplete: store eu-2 timed out',
    },
  ],
  queryErrors: [
    {
      name: 'a slip in PromQL',
      reply: fault(400, 'bad_data', '1:5: parse error: unexpected ")"'),
      message: 'HTTP 400: bad_data: 1:5: parse error: unexpected ")"',
    },
    {
      name: 'too many samples',
      reply: fault(422, 'execution', 'query processing would load too many samples into memory'),
      message: 'HTTP 422: execution: query processing would load too many samples',
    },
    {
      name: 'its own time-out',
      reply: fault(503, 'timeout', 'query timed out in expression evaluation'),
      message: 'HTTP 503, it has trouble of its own: timeout: query timed out',
    },
  ],
  strange: [
    ['a range', { body: { status: 'success', data: { resultType: 'matrix', result: [] } } }],
  ],
};

describe('a Prometheus beside the clusters', () => {
  numberSourceContract(prometheus);

  it('is asked without credentials when there are none, and says so when it wants some', async () => {
    const server = await startLoopbackVendor(() => ({ status: 401, body: '' }));
    const source = createPrometheusNumberSource(
      { kind: 'prometheus', url: server.url, timeoutMs: 5_000 },
      { openSecret: () => Promise.resolve(undefined), clock: { now: () => now } },
    );
    expect(await source.ask({ query, ...aWindow })).toMatchObject({
      message: expect.stringContaining('it wants credentials, and the connection names none'),
    });
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
    await source.close();
    await server.close();
  });
});

import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { LoopbackVendor, SeenRequest, VendorReply } from '../testing/loopback-vendor.js';
import { startLoopbackVendor } from '../testing/loopback-vendor.js';
import { numberSourceContract } from '../testing/number-source-contract.js';
import { aWindow, now, type VendorUnderTest } from '../testing/vendor-under-test.js';
import { createCloudWatchSource } from './cloudwatch-source.js';

const query = 'SELECT SUM(Errors) FROM SCHEMA("Shop", version) WHERE version = \'v2\'';
const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** What AWS does: it signs what came in, and compares. */
function expectSigned({ headers, body }: SeenRequest): void {
  const names = 'content-type;host;x-amz-date;x-amz-target';
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}`);
  const canonical = ['POST', '/', '', ...lines, '', names, sha256(body)].join('\n');
  const scope = '20231114/eu-central-1/monitoring/aws4_request';
  const text = ['AWS4-HMAC-SHA256', '20231114T221505Z', scope, sha256(canonical)].join('\n');
  const day = hmac(`AWS4${secretKey}`, '20231114');
  const key = hmac(hmac(hmac(day, 'eu-central-1'), 'monitoring'), 'aws4_request');
  expect(headers['authorization']).toBe(
    `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${names}, ` +
      `Signature=${hmac(key, text).toString('hex')}`,
  );
}

const result = (Values: readonly (number | string)[], change: object = {}): unknown => ({
  Id: 'answer',
  Label: 'Errors',
  StatusCode: 'Complete',
  Timestamps: Values.map(() => 1_700_000_040),
  Values,
  ...change,
});

const reply = (results: readonly unknown[], change: object = {}): VendorReply => ({
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: { Messages: [], MetricDataResults: results, ...change },
});

const fault = (type: string, message: string): VendorReply => ({
  status: 400,
  body: { __type: type, message },
});

const connection = {
  kind: 'cloudWatch',
  region: 'eu-central-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: { secret: 'aws-key' },
} as const;

const throttled = fault('com.amazon.coral.availability#ThrottlingException', 'Rate exceeded');
const dropped = { Code: 'ArithmeticError', Value: 'One or more data-points have been dropped' };

const cloudWatch: VendorUnderTest = {
  query,
  secrets: { 'aws-key': secretKey },
  connect: ({ url, timeoutMs, ...deps }) =>
    createCloudWatchSource({ ...connection, url, timeoutMs }, deps),
  checkRequest: (request) => {
    expect(request).toMatchObject({
      method: 'POST',
      path: '/',
      query: {},
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
        'x-amz-date': '20231114T221505Z',
      },
    });
    expectSigned(request);
    expect(JSON.parse(request.body)).toEqual({
      StartTime: 1_700_000_040,
      EndTime: 1_700_000_100,
      MetricDataQueries: [{ Id: 'answer', Expression: query, Period: 60 }],
    });
  },
  value: (value) => reply([result([value])]),
  empty: [
    ['no result', reply([])],
    ['a result without points', reply([result([])])],
  ],
  notANumber: [
    ['NaN as text', reply([result(['NaN'])])],
    ['an infinite value as text', reply([result(['Infinity'])])],
    ['a point that metric math left out', reply([result([], { Messages: [dropped] })])],
  ],
  several: [
    {
      name: 'GROUP BY',
      reply: reply([result([1], { Label: 'v1' }), result([2], { Label: 'v2' })]),
      message: /2 series came \(v1, v2\).*GROUP BY.*"ReturnData": false/,
    },
    {
      name: 'a period that is shorter than the window',
      reply: reply([result([1, 2])]),
      message: '2 points came where one number is needed. Leave out "Period"',
    },
  ],
  partial: [
    {
      name: 'PartialData',
      reply: reply([result([1], { StatusCode: 'PartialData' })]),
      message: 'may be incomplete: Errors is PartialData',
    },
    {
      name: 'InternalError',
      reply: reply([result([], { StatusCode: 'InternalError' })]),
      message: 'Errors is InternalError',
    },
    {
      name: 'Forbidden, of another account',
      reply: reply([result([], { StatusCode: 'Forbidden', Messages: [{ Value: 'no link' }] })]),
      message: 'Errors is Forbidden; no link',
    },
    {
      name: 'a message about the whole',
      reply: reply([result([1])], { Messages: [{ Code: 'MaxMetricsExceeded', Value: '500' }] }),
      message: 'may be incomplete: MaxMetricsExceeded: 500',
    },
    {
      name: 'a message about a point that came',
      reply: reply([result([1], { Messages: [{ Code: 'Approximated', Value: 'top 100' }] })]),
      message: 'Errors is Complete; Approximated: top 100',
    },
    {
      name: 'a next page',
      reply: reply([result([1])], { NextToken: 't' }),
      message: 'several parts',
    },
  ],
  queryErrors: [
    {
      name: 'an expression that cannot be read',
      reply: fault('ValidationError', 'Error in expression "answer": unexpected token'),
      message: 'HTTP 400: ValidationError: Error in expression "answer": unexpected token',
    },
    {
      name: 'another spelling of message',
      reply: {
        status: 400,
        body: { __type: 'x#InvalidParameterValueException', Message: 'Period' },
      },
      message: 'HTTP 400: InvalidParameterValueException: Period',
    },
  ],
  refused: [
    [
      'a key that is not known',
      fault('UnrecognizedClientException', 'The security token is invalid'),
    ],
    ['a wrong signature', fault('com.amazon.coral.service#InvalidSignatureException', 'Mismatch')],
    ['what it may not', fault('AccessDeniedException', 'not authorized to GetMetricData')],
  ],
  rateLimits: [
    ['ThrottlingException', throttled, 5_000],
    ['Throttling', fault('Throttling', 'Rate exceeded'), 5_000],
    ['its own Retry-After', { ...throttled, headers: { 'retry-after': '7' } }, 7_000],
  ],
  strange: [
    ['a result without values', reply([{ Id: 'answer', StatusCode: 'Complete' }])],
    ['a value that is text', reply([result(['12'])])],
  ],
};

describe('CloudWatch', () => numberSourceContract(cloudWatch));

describe('CloudWatch that throttles again and again', () => {
  const ask = async (server: LoopbackVendor, times: number): Promise<readonly unknown[]> => {
    const source = createCloudWatchSource(
      { ...connection, url: server.url, timeoutMs: 5_000 },
      { openSecret: () => Promise.resolve(secretKey), clock: { now: () => now } },
    );
    const waits: unknown[] = [];
    for (let n = 0; n < times; n += 1) {
      const answer = await source.ask({ query, ...aWindow });
      waits.push(answer.kind === 'error' ? answer.retryAfter : answer.kind);
    }
    await source.close();
    await server.close();
    return waits;
  };

  it('is left alone for twice as long each time, for five minutes at most', async () => {
    const server = await startLoopbackVendor(() => throttled);
    expect(await ask(server, 8)).toEqual([
      5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000,
    ]);
  });

  it('is trusted anew once it answers', async () => {
    const replies = [throttled, throttled, reply([result([1])]), throttled];
    const server = await startLoopbackVendor(() => replies.shift() ?? 'silent');
    expect(await ask(server, 4)).toEqual([5_000, 10_000, 'value', 5_000]);
  });
});

describe('a connection to CloudWatch', () => {
  const deps = { openSecret: () => Promise.resolve(undefined), clock: { now: () => now } };
  const askIn = async (region: string): Promise<unknown> => {
    const source = createCloudWatchSource({ ...connection, region, timeoutMs: 1 }, deps);
    const answer = await source.ask({ query, ...aWindow });
    await source.close();
    return answer;
  };

  it.each([
    ['eu-central-1', 'https://monitoring.eu-central-1.amazonaws.com'],
    ['us-gov-west-1', 'https://monitoring.us-gov-west-1.amazonaws.com'],
    ['cn-north-1', 'https://monitoring.cn-north-1.amazonaws.com.cn'],
  ])('to %s is one to %s', async (region, address) => {
    expect(await askIn(region)).toMatchObject({
      message: expect.stringContaining(`CloudWatch at ${address}: the secret "aws-key"`),
    });
  });

  it.each(['', 'Frankfurt', 'eu-central-1.evil.example/'])(
    'is refused for a region that is none: "%s"',
    async (region) => {
      await expect(askIn(region)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    },
  );
});

import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { numberSourceContract } from '../testing/number-source-contract.js';
import type { VendorReply } from '../testing/loopback-vendor.js';
import { aWindow, type VendorUnderTest } from '../testing/vendor-under-test.js';
import { readDatadog } from './datadog-answer.js';
import { createDatadogSource } from './datadog-source.js';

const query = 'sum:trace.http.request.errors{service:catalog,version:v2}.as_count()';

type Point = readonly [ms: number, value: number | null];

const series = (
  pointlist: readonly Point[],
  { interval = 20, scope = 'service:catalog,version:v2' } = {},
): unknown => ({
  metric: 'trace.http.request.errors',
  display_name: 'trace.http.request.errors',
  unit: null,
  aggr: 'sum',
  expression: 'sum:trace.http.request.errors{service:catalog,version:v2}.as_count()',
  tag_set: [],
  query_index: 0,
  attributes: {},
  start: pointlist[0]?.[0],
  end: aWindow.to - 1,
  interval,
  length: pointlist.length,
  scope,
  pointlist,
});

const body = (...all: readonly unknown[]): Record<string, unknown> => ({
  status: 'ok',
  res_type: 'time_series',
  resp_version: 1,
  query,
  from_date: aWindow.from,
  to_date: aWindow.to,
  series: all,
  values: [],
  times: [],
  message: '',
  group_by: [],
});

const beforeEnd = (seconds: number): number => aWindow.to - seconds * 1_000;
const reply = (...pointlist: readonly Point[]): VendorReply => ({ body: body(series(pointlist)) });

const datadog: VendorUnderTest = {
  query,
  secrets: { 'datadog-api': '0123456789abcdef', 'datadog-app': 'fedcba9876543210ffff' },
  connect: ({ url, timeoutMs, ...deps }) =>
    createDatadogSource(
      {
        kind: 'datadog',
        site: 'datadoghq.eu',
        url,
        timeoutMs,
        apiKey: { secret: 'datadog-api' },
        applicationKey: { secret: 'datadog-app' },
      },
      deps,
    ),
  checkRequest: (request) => {
    expect(request).toMatchObject({
      method: 'GET',
      path: '/api/v1/query',
      query: { from: '1700000040', to: '1700000100', query },
      headers: {
        'dd-api-key': '0123456789abcdef',
        'dd-application-key': 'fedcba9876543210ffff',
        accept: 'application/json',
      },
      body: '',
    });
    expect(Object.keys(request.query).toSorted()).toEqual(['from', 'query', 'to']);
  },
  value: (value) => reply([beforeEnd(40), value + 1], [beforeEnd(20), value]),
  empty: [
    ['no series', { body: body() }],
    ['a series without points', reply()],
  ],
  notANumber: [['nothing but null', reply([beforeEnd(40), null], [beforeEnd(20), null])]],
  several: [
    {
      name: 'two hosts',
      reply: {
        body: body(
          series([[beforeEnd(20), 1]], { scope: 'host:a' }),
          series([[beforeEnd(20), 2]], { scope: 'host:b' }),
        ),
      },
      message: '2 series came (host:a, host:b) where one number is needed. Leave out "by {…}"',
    },
  ],
  partial: [
    {
      name: 'a status that is not ok',
      reply: {
        body: {
          ...body(series([[beforeEnd(20), 1]])),
          status: 'partial',
          message: 'shard 3 timed out',
        },
      },
      message: 'may be incomplete: shard 3 timed out',
    },
  ],
  queryErrors: [
    {
      name: '400',
      reply: {
        status: 400,
        body: { errors: ["Rule 'scope_expr' didn't match at 'v2}' (line 1, column 40)."] },
      },
      message: /HTTP 400: Rule 'scope_expr' didn't match/,
    },
    {
      name: 'an error with status 200',
      reply: {
        body: { status: 'error', error: 'Error parsing query: unable to parse sum:', series: [] },
      },
      message: 'Error parsing query: unable to parse sum:',
    },
  ],
  refused: [['403 in its own words', { status: 403, body: { errors: ['Forbidden'] } }]],
  rateLimits: [
    [
      'X-RateLimit-Reset',
      {
        status: 429,
        headers: {
          'x-ratelimit-limit': '1600',
          'x-ratelimit-period': '3600',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': '1234',
          'x-ratelimit-name': 'batch_query',
        },
        body: { errors: ['Rate limit of 1600 requests in 3600 seconds reached.'] },
      },
      1_234_000,
    ],
  ],
};

describe('Datadog', () => numberSourceContract(datadog));

describe('which of the points of Datadog is the number', () => {
  const question = { query, ...aWindow };
  const answerTo = (pointlist: readonly Point[], interval = 20) =>
    readDatadog(body(series(pointlist, { interval })), question);

  it('is the newest whose bucket has ended, for the last one is still filling', () => {
    const points: readonly Point[] = [
      [beforeEnd(40), 5],
      [beforeEnd(20), 6],
      [beforeEnd(10), 2],
    ];
    expect(answerTo(points)).toEqual({ kind: 'value', value: 6 });
  });

  it('is one from before a gap, as long as it ended within the window', () => {
    expect(
      answerTo([
        [beforeEnd(40), 5],
        [beforeEnd(20), null],
      ]),
    ).toEqual({
      kind: 'value',
      value: 5,
    });
    expect(
      answerTo([
        [beforeEnd(80), 5],
        [beforeEnd(20), null],
      ]),
    ).toEqual({ kind: 'notANumber' });
  });

  it('is none when buckets are longer than the window, and says what to change', () => {
    expect(answerTo([[beforeEnd(200), 5]], 300)).toEqual({
      kind: 'error',
      message: expect.stringContaining('no bucket of 300 s ended within the window'),
    });
  });

  it('is within the window for moments between seconds too', () => {
    const moved = { ...question, from: instant(aWindow.from + 500), to: instant(aWindow.to + 500) };
    const points: readonly Point[] = [
      [beforeEnd(20), 6],
      [beforeEnd(19), 7],
    ];
    expect(readDatadog(body(series(points)), moved)).toEqual({ kind: 'value', value: 6 });
  });
});

import { describe, expect } from '@jest/globals';
import { numberSourceContract } from '../testing/number-source-contract.js';
import type { VendorReply } from '../testing/loopback-vendor.js';
import { aWindow, now, type VendorUnderTest } from '../testing/vendor-under-test.js';
import { createDynatraceSource } from './dynatrace-source.js';

const query =
  'builtin:service.errors.total.rate:filter(eq("dt.entity.service","SERVICE-1")):splitBy():avg';

const tuple = (
  values: readonly (number | null)[],
  dimensions: readonly string[] = [],
): unknown => ({
  dimensions,
  dimensionMap: Object.fromEntries(dimensions.map((one) => ['dt.entity.service', one])),
  timestamps: values.map(() => aWindow.to),
  values,
});

const collection = (data: readonly unknown[], change: Record<string, unknown> = {}): unknown => ({
  metricId: query,
  dataPointCountRatio: 6.0e-6,
  dimensionCountRatio: 1.0e-5,
  data,
  ...change,
});

const reply = (result: readonly unknown[], change: Record<string, unknown> = {}): VendorReply => ({
  body: { totalCount: result.length, nextPageKey: null, resolution: 'Inf', result, ...change },
});

const fault = (code: number, message: string, rest: Record<string, unknown> = {}): VendorReply => ({
  status: code,
  body: { error: { code, message, ...rest } },
});

const dynatrace: VendorUnderTest = {
  query,
  secrets: {
    'dynatrace-token': 'the-public-part.and-the-secret-part',
  },
  connect: ({ url, timeoutMs, ...deps }) =>
    createDynatraceSource(
      {
        kind: 'dynatrace',
        url: `${url}/e/a1b2c3/`,
        timeoutMs,
        apiToken: { secret: 'dynatrace-token' },
      },
      deps,
    ),
  checkRequest: (request) => {
    expect(request).toMatchObject({
      method: 'GET',
      path: '/e/a1b2c3/api/v2/metrics/query',
      headers: {
        authorization: 'Api-Token the-public-part.and-the-secret-part',
        accept: 'application/json',
      },
      body: '',
    });
    expect(request.query).toEqual({
      metricSelector: query,
      from: '1700000040000',
      to: '1700000100000',
      resolution: 'Inf',
    });
  },
  value: (value) => reply([collection([tuple([value])])]),
  empty: [
    ['no metric', reply([])],
    ['no tuple', reply([collection([])])],
    ['no point', reply([collection([tuple([])])])],
    ['a gap', reply([collection([tuple([null])])])],
  ],
  notANumber: [
    [
      'an infinite value',
      { body: JSON.stringify(reply([collection([tuple([5.5])])]).body).replace('5.5', '-1e999') },
    ],
  ],
  several: [
    {
      name: 'two services',
      reply: reply([collection([tuple([1], ['SERVICE-1']), tuple([2], ['SERVICE-2'])])]),
      message: /^.*2 series came .*SERVICE-1.*SERVICE-2.*:splitBy\(\)/,
    },
    {
      name: 'two metrics',
      reply: reply([collection([tuple([1])]), collection([tuple([2])], { metricId: 'other' })]),
      message: 'Select one metric',
    },
    {
      name: 'two points',
      reply: reply([collection([tuple([1, 2])])]),
      message: '2 points came where resolution=Inf asks for one. End the selector with :fold.',
    },
  ],
  partial: [
    {
      name: 'a warning',
      reply: reply([collection([tuple([1])])], { warnings: ['The entity selector was cut off'] }),
      message: 'may be incomplete: The entity selector was cut off',
    },
    {
      name: 'a warning on a metric',
      reply: reply([collection([tuple([1])], { warnings: ['Too many dimensions'] })]),
      message: 'may be incomplete: Too many dimensions',
    },
    {
      name: 'another page',
      reply: reply([collection([tuple([1])])], { nextPageKey: 'AQAAABQBAAAABQ==' }),
      message: 'there are more pages',
    },
    {
      name: 'more tuples than are read',
      reply: reply([collection([tuple([1])], { dimensionCountRatio: 1.25 })]),
      message: 'had to read 1.25 times what one may',
    },
  ],
  queryErrors: [
    {
      name: 'a slip in the selector',
      reply: fault(400, 'Constraints violated.', {
        constraintViolations: [
          {
            path: 'metricSelector',
            message: "Unknown transformation 'avgg'",
            parameterLocation: 'QUERY',
            location: null,
          },
        ],
      }),
      message: "HTTP 400: Constraints violated. metricSelector: Unknown transformation 'avgg'",
    },
    {
      name: 'a metric that does not exist',
      reply: fault(404, "The metric key 'builtin:nothing' is unknown."),
      message: "HTTP 404: The metric key 'builtin:nothing' is unknown.",
    },
  ],
  refused: [
    ['a token that is none', fault(401, 'Token Authentication failed')],
    [
      'a token without its scope',
      fault(403, 'Token is missing required scope. Use one of: metrics.read (Read metrics)'),
    ],
  ],
  rateLimits: [
    ['a full queue', fault(429, 'Too many requests'), undefined],
    [
      'X-RateLimit-Reset in microseconds',
      {
        ...fault(429, 'Too many requests'),
        headers: { 'x-ratelimit-reset': `${now + 42_000}000` },
      },
      42_000,
    ],
  ],
};

describe('Dynatrace', () => numberSourceContract(dynatrace));

import { describe, expect, it } from '@jest/globals';
import { numberSourceContract } from '../testing/number-source-contract.js';
import type { VendorReply } from '../testing/loopback-vendor.js';
import type { VendorUnderTest } from '../testing/vendor-under-test.js';
import { readNewRelic } from './new-relic-answer.js';
import { createNewRelicSource } from './new-relic-source.js';

const query = 'SELECT average(duration) FROM Transaction WHERE appName = \'catalog "v2"\'';

const body = (...results: readonly unknown[]): Record<string, unknown> => ({
  data: { actor: { account: { nrql: { metadata: { messages: [] }, results } } } },
});

const errors = (message: string, extensions: unknown): VendorReply => ({
  body: {
    data: { actor: { account: { nrql: null } } },
    errors: [
      {
        extensions,
        locations: [{ column: 29, line: 2 }],
        message,
        path: ['actor', 'account', 'nrql'],
      },
    ],
  },
});

const newRelic: VendorUnderTest = {
  query,
  secrets: { 'new-relic-user-key': 'a-user-key-of-new-relic' },
  connect: ({ url, timeoutMs, ...deps }) =>
    createNewRelicSource(
      {
        kind: 'newRelic',
        region: 'eu',
        url,
        timeoutMs,
        accountId: 1234567,
        apiKey: { secret: 'new-relic-user-key' },
      },
      deps,
    ),
  checkRequest: (request) => {
    expect(request).toMatchObject({
      method: 'POST',
      path: '/graphql',
      query: {},
      headers: {
        'api-key': 'a-user-key-of-new-relic',
        'content-type': 'application/json',
      },
    });
    const sent = JSON.parse(request.body) as { query: string; variables: unknown };
    expect(sent.variables).toEqual({
      account: 1234567,
      nrql: `${query} SINCE 1700000040001 UNTIL 1700000100001`,
      timeout: 5,
    });
    expect(sent.query).toContain('account(id: $account) { nrql(query: $nrql, timeout: $timeout)');
  },
  value: (value) => ({ body: body({ 'average.duration': value }) }),
  empty: [
    ['no result', { body: body() }],
    ['a percentile of nothing', { body: body({ 'percentile.duration': {} }) }],
  ],
  notANumber: [
    ['an average of nothing', { body: body({ 'average.duration': null }) }],
    ['a percentile that is null', { body: body({ 'percentile.duration': { 95: null } }) }],
  ],
  several: [
    {
      name: 'FACET',
      reply: {
        body: body(
          { facet: 'a', host: 'a', count: 1 },
          { facet: 'b', host: 'b', count: 2 },
          { facet: ['c', 'd'], count: 2 },
          { facet: 'e', count: 2 },
        ),
      },
      message: '4 series came ("a", "b", ["c","d"], …) where one number is needed. Leave out FACET',
    },
    {
      name: 'TIMESERIES',
      reply: {
        body: body(
          { beginTimeSeconds: 1700000040, endTimeSeconds: 1700000070, count: 1 },
          { beginTimeSeconds: 1700000070, endTimeSeconds: 1700000100, count: 2 },
        ),
      },
      message: 'Leave out FACET, TIMESERIES and COMPARE WITH',
    },
    {
      name: 'several aggregates',
      reply: { body: body({ count: 1, 'percentile.duration': { 50: 1, 95: 2 } }) },
      message: '3 series came (count, percentile.duration 50, percentile.duration 95)',
    },
  ],
  partial: [
    {
      name: 'a message of the database',
      reply: {
        body: {
          data: {
            actor: {
              account: {
                nrql: { metadata: { messages: ['2 of 9 cells failed'] }, results: [{ count: 1 }] },
              },
            },
          },
        },
      },
      message: 'may be incomplete: 2 of 9 cells failed',
    },
    {
      name: 'errors beside data',
      reply: {
        body: { ...body({ count: 1 }), errors: [{ message: 'metadata could not be resolved' }] },
      },
      message: 'metadata could not be resolved',
    },
  ],
  queryErrors: [
    {
      name: 'a slip in NRQL',
      reply: errors("NRQL Syntax Error: Error at line 1 position 8, unexpected 'FRM'", {
        errorClass: 'BAD_USER_INPUT',
        errorCode: 'NRDB:1100010',
      }),
      message: "NRQL Syntax Error: Error at line 1 position 8, unexpected 'FRM'",
    },
    {
      name: "New Relic's own time-out",
      reply: errors('NRDB query duration exceeded the set timeout', { errorClass: 'TIMEOUT' }),
      message: /trouble of its own: NRDB query duration exceeded/,
    },
  ],
  refused: [
    ['a key that is none', errors('The API key provided is invalid', { errorCode: 'BAD_API_KEY' })],
    [
      "somebody else's account",
      errors('You do not have access to account 1234567', { errorClass: 'ACCESS_DENIED' }),
    ],
  ],
  rateLimits: [
    [
      'too many queries, with status 200',
      errors('Query rate limit exceeded', { errorClass: 'TOO_MANY_REQUESTS' }),
      undefined,
    ],
    [
      'too many queries, with Retry-After',
      {
        ...errors('Query rate limit exceeded', { errorClass: 'TOO_MANY_REQUESTS' }),
        headers: { 'retry-after': '7' },
      },
      7_000,
    ],
  ],
  strange: [['text in place of a number', { body: body({ 'latest.version': 'v2' }) }]],
};

describe('New Relic', () => numberSourceContract(newRelic));

describe('the value of a result of NRQL', () => {
  it.each([
    ['a percentile', { 'percentile.duration': { 95: 0.25 } }, 0.25],
    ['the one facet there is', { facet: 'v2', version: 'v2', count: 3 }, 3],
    ['a filtered aggregate with a name of its own', { 'errors per cent': 1.5 }, 1.5],
    [
      'a bucket of time that is the whole window',
      { beginTimeSeconds: 1, endTimeSeconds: 2, sum: 4 },
      4,
    ],
  ])('is %s', (_, result, value) => {
    expect(readNewRelic(body(result))).toEqual({ kind: 'value', value });
  });
});

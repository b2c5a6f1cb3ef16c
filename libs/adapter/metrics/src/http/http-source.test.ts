import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { numberSourceContract } from '../testing/number-source-contract.js';
import type { VendorUnderTest } from '../testing/vendor-under-test.js';
import { readPointed } from './http-answer.js';
import { createHttpSource } from './http-source.js';

const query = 'error rate & "latency" of catalog/v2';

const http: VendorUnderTest = {
  query,
  secrets: { 'metrics-token': 'Bearer 0123456789abcdef', 'metrics-tenant': 'tenant-of-a-customer' },
  connect: ({ url, timeoutMs, ...deps }) =>
    createHttpSource(
      {
        kind: 'http',
        url: `${url}/api/number?q={{query}}&since={{from}}&until={{to}}`,
        path: '/data/0/value',
        timeoutMs,
        headers: {
          Authorization: { secret: 'metrics-token' },
          'X-Tenant': { secret: 'metrics-tenant' },
          Accept: 'application/vnd.numbers+json',
        },
      },
      deps,
    ),
  checkRequest: (request) => {
    expect(request).toMatchObject({
      method: 'GET',
      path: '/api/number',
      query: { q: query, since: '1700000040', until: '1700000100' },
      headers: {
        authorization: 'Bearer 0123456789abcdef',
        'x-tenant': 'tenant-of-a-customer',
        accept: 'application/vnd.numbers+json',
      },
      body: '',
    });
  },
  value: (value) => ({ body: { data: [{ value }] } }),
  empty: [
    ['an empty list', { body: { data: [] } }],
    ['null in place of the list', { body: { data: null } }],
    ['null in place of everything', { body: null }],
  ],
  notANumber: [
    ['null', { body: { data: [{ value: null }] } }],
    ['NaN as text', { body: { data: [{ value: 'NaN' }] } }],
  ],
  several: [
    {
      name: 'a list in place of a number',
      reply: { body: { data: [{ value: [1, 2, 3] }] } },
      message: 'a list of 3 is at /data/0/value where one number is needed. Lengthen "path"',
    },
  ],
  partial: [],
  queryErrors: [
    {
      name: 'whatever stands in the body',
      reply: { status: 422, body: { title: 'Bad query', detail: 'unknown metric "latency"' } },
      message: 'HTTP 422: {"title":"Bad query","detail":"unknown metric \\"latency\\""}',
    },
  ],
  refused: [['half of what it was sent', { status: 401, body: 'unknown key 0123456789abcdef' }]],
  strange: [['another member', { body: { data: [{ valeu: 1 }] } }]],
};

describe('any backend that speaks JSON', () => numberSourceContract(http));

describe('the number at the end of a pointer', () => {
  it.each([
    ['1.5', 1.5],
    [' -2e3 ', -2_000],
    ['.5', 0.5],
    ['7', 7],
  ])('may be written as text: %j', (text, value) => {
    expect(readPointed([text], ['0'], '/0')).toEqual({ kind: 'value', value });
  });

  it.each(['+Inf', '-Infinity', 'nan', '1e999'])('is none when it says %s', (text) => {
    expect(readPointed([text], ['0'], '/0')).toEqual({ kind: 'notANumber' });
  });

  it.each([[''], ['5 %'], ['0x10'], [true], [{}]])('is an error when it is %j', (value) => {
    expect(readPointed([value], ['0'], '/0')).toMatchObject({ kind: 'error' });
  });

  it('says where a pointer went astray', () => {
    expect(readPointed({ result: { val: 1 } }, ['result', 'value'], '/result/value')).toEqual({
      kind: 'error',
      message:
        'nothing is at /result/value, but an object with val is there. ' +
        'Change "path", which is /result/value.',
    });
  });
});

describe('a connection to any backend', () => {
  const connection = { kind: 'http', url: 'http://127.0.0.1:1/', path: '', timeoutMs: 50 } as const;
  const deps = { openSecret: () => Promise.resolve('s'), clock: { now: () => instant(0) } };

  it.each([
    [{ path: 'data.value' }, 'not a JSON pointer'],
    [{ url: 'http://jane:secret@m.example/' }, 'm.example holds a user name or a password'],
    [{ url: 'm.example' }, 'does not begin with a scheme'],
  ])('is refused with %j', (change, message) => {
    expect(() => createHttpSource({ ...connection, ...change }, deps)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringContaining(message),
      }),
    );
  });
});

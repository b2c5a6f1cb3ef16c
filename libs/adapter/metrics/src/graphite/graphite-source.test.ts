import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { startLoopbackVendor, type VendorReply } from '../testing/loopback-vendor.js';
import { numberSourceContract } from '../testing/number-source-contract.js';
import { aWindow, now, type VendorUnderTest } from '../testing/vendor-under-test.js';
import { createGraphiteSource } from './graphite-source.js';
import { readRendered } from './render-answer.js';

const query = 'asPercent(sumSeries(stats.catalog.v2.*.errors), stats.catalog.v2.requests)';
const beginning = 1_700_000_040;

/** As Graphite 1.1.10 writes it. */
const series = (target: string, value: number | null, slot = beginning): unknown => ({
  target,
  tags: { name: target },
  datapoints: [[value, slot]],
});

const reply = (...all: readonly unknown[]): VendorReply => ({ body: all });

const graphite: VendorUnderTest = {
  query,
  secrets: { 'graphite-password': 'corre:ct horse' },
  connect: ({ url, timeoutMs, ...deps }) =>
    createGraphiteSource(
      {
        kind: 'graphite',
        url,
        timeoutMs,
        basic: { username: 'spillway', password: { secret: 'graphite-password' } },
      },
      deps,
    ),
  checkRequest: (request) => {
    expect(request).toMatchObject({ method: 'GET', path: '/render', body: '' });
    expect(request.query).toEqual({
      target: query,
      from: '1700000039',
      until: '1700000099',
      format: 'json',
      maxDataPoints: '1',
    });
    expect(request.headers.authorization).toBe('Basic c3BpbGx3YXk6Y29ycmU6Y3QgaG9yc2U=');
  },
  value: (value) => reply(series('errors', value)),
  empty: [
    ['no such metric', reply()],
    ['a metric that nothing came in for', reply(series('errors', null))],
    ['a series without points', reply({ target: 'errors', datapoints: [] })],
    ['only the slot after a short window', reply(series('errors', 3, 1_700_000_100))],
  ],
  notANumber: [
    ['an infinite value', { body: `[{"target":"x","datapoints":[[1e9999,${beginning}]]}]` }],
  ],
  several: [
    {
      name: 'a wildcard',
      reply: reply(series('stats.a.errors', 1), series('stats.b.errors', null)),
      message: /2 series came \(stats\.a\.errors, stats\.b\.errors\).*sumSeries\(\)/,
    },
  ],
  partial: [
    {
      name: 'a Graphite that knows no maxDataPoints',
      reply: reply({
        target: 'errors',
        datapoints: [
          [1, beginning],
          [2, beginning + 10],
        ],
      }),
      message: '2 points came',
    },
  ],
  queryErrors: [
    {
      name: 'an unknown function',
      reply: {
        status: 400,
        body: 'Invalid parameters (Received request for unknown function: sumSerie)',
      },
      message: 'HTTP 400: Invalid parameters (Received request for unknown function: sumSerie)',
    },
  ],
  strange: [
    ['points with the moment first', reply({ target: 'x', datapoints: [['2023', 1]] })],
    ['a series that is not one', reply(null)],
  ],
};

describe('Graphite', () => numberSourceContract(graphite));

describe('a connection to Graphite', () => {
  it('needs no credentials', async () => {
    const server = await startLoopbackVendor(() => reply(series('errors', 2)));
    const source = createGraphiteSource(
      { kind: 'graphite', url: `${server.url}/graphite/`, timeoutMs: 5_000 },
      { openSecret: () => Promise.reject(new Error('asked for')), clock: { now: () => now } },
    );
    try {
      expect(await source.ask({ query, ...aWindow })).toEqual({ kind: 'value', value: 2 });
      expect(server.seen).toMatchObject([{ path: '/graphite/render' }]);
      expect(server.seen[0]?.headers).not.toHaveProperty('authorization');
    } finally {
      await source.close();
      await server.close();
    }
  });
});

describe('which slots of Graphite are in the window', () => {
  const to = instant(1_700_000_100_500);
  const answerTo = (slot: number) =>
    readRendered([series('x', 1, slot)], { query, from: aWindow.from, to });

  it('are those that begin before its end', () => {
    expect(answerTo(1_700_000_100)).toEqual({ kind: 'value', value: 1 });
    expect(answerTo(1_700_000_101)).toEqual({ kind: 'empty' });
  });

  it('may be named by a moment before it, as summarize() does', () => {
    expect(answerTo(1_699_999_800)).toEqual({ kind: 'value', value: 1 });
  });
});

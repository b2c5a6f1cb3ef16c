import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { lookView } from '@spillway/interface-contract';
import { aComparison, aLook } from '@spillway/interface-contract/testing';
import { aRelease } from '@spillway/domain-release/testing';
import { clusterName } from '@spillway/kernel';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

const id = '00000000-0000-4000-8000-000000000001';
let app: RestApp;
const call = callerOf(() => app);
const looks = (query = '') => call('GET', `/api/v1/releases/${id}/looks${query}`);

beforeAll(async () => {
  app = await startRestApp();
});
beforeEach(() => {
  app.useCases.releases.put(aRelease());
  app.useCases.looks.length = 0;
});
afterAll(() => app.close());

it('gives what came and what was concluded', async () => {
  const reading = {
    kind: 'value',
    candidate: { value: 97.8, requests: 688, errors: 15 },
    stable: { value: 99.8, requests: 6_190, errors: 13 },
  } as const;
  app.useCases.looks.push(
    aLook({ query: 'sum(errors)', reading, verdict: aComparison }),
    aLook({ reading: { kind: 'error', message: 'HTTP 503' } }),
  );
  const { status, body } = await looks();
  expect(status).toBe(200);
  const where = { step: 0, metric: 'errors', cluster: 'eu', ordinal: 0 };
  const window = { from: '2026-01-05T10:00:00.000Z', to: '2026-01-05T10:01:00.000Z' };
  expect(body).toEqual({
    items: [
      { ...where, ...window, query: 'sum(errors)', reading, verdict: aComparison },
      { ...where, ...window, reading: { kind: 'error', message: 'HTTP 503' } },
    ],
  });
});

it('gives them page by page, of a step, a metric and a cluster', async () => {
  app.useCases.looks.push(
    aLook({ step: 1 }),
    aLook({ cluster: clusterName('us') }),
    aLook({ metric: 'latency' }),
    aLook(),
  );
  const shown = async (query: string) => {
    const { items } = (await looks(query)).body as { items: unknown[] };
    return items
      .map((item) => lookView.parse(item))
      .map(({ step, metric, cluster }) => `${step} ${metric} ${cluster}`);
  };
  expect(await shown('?limit=3')).toEqual(['1 errors eu', '0 errors us', '0 latency eu']);
  expect((await looks('?limit=3')).body).toMatchObject({ next: '3' });
  expect(await shown('?limit=3&cursor=3')).toEqual(['0 errors eu']);
  expect((await looks('?limit=3&cursor=3')).body).not.toHaveProperty('next');
  expect(await shown('?step=1')).toEqual(['1 errors eu']);
  expect(await shown('?metric=latency')).toEqual(['0 latency eu']);
  expect(await shown('?cluster=us&step=0')).toEqual(['0 errors us']);
  expect(await shown('?step=2')).toEqual([]);
});

it.each([
  ['step', '-1'],
  ['step', 'first'],
  ['step', '0.5'],
  ['step', '2147483648'],
  ['metric', 'Error rate'],
  ['cluster', 'EU'],
  ['limit', '201'],
])('does not take %s=%s', async (field, value) => {
  const { status, body } = await looks(`?${field}=${encodeURIComponent(value)}`);
  expect([status, body]).toMatchObject([400, { code: 'INVALID_INPUT', field }]);
});

it.each(['none', '00000000-0000-4000-8000-00000000000f'])(
  'refuses an unknown release: %s',
  async (unknown) => {
    const { status, body } = await call('GET', `/api/v1/releases/${unknown}/looks`);
    expect([status, body]).toMatchObject([404, { code: 'UNKNOWN_RELEASE' }]);
  },
);

import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { aComparison, aLook } from '@spillway/interface-contract/testing';
import { aRelease } from '@spillway/domain-release/testing';
import { startGraphqlApp, type GraphqlApp } from '../testing/graphql-app.js';

const id = '00000000-0000-4000-8000-000000000001';
let app: GraphqlApp;

beforeAll(async () => {
  app = await startGraphqlApp();
  app.useCases.releases.put(aRelease());
});
beforeEach(() => {
  app.useCases.looks.length = 0;
});
afterAll(() => app.close());

it('gives what came and what was concluded', async () => {
  const histogram = { upperBounds: [100, 250], counts: [1, 38, 1] };
  const candidate = { value: 212.5, requests: 40, errors: 1, histogram };
  app.useCases.looks.push(
    aLook({ reading: { kind: 'value', candidate }, query: 'q', verdict: aComparison }),
    aLook({ reading: { kind: 'error', message: 'HTTP 503' } }),
  );
  const { data, errors } = await app.ask(`{ release(id: "${id}") { looks { edges { node {
    step metric cluster ordinal from to query
    reading { kind candidate { value requests errors histogram { upperBounds counts } } stable { value } message }
    verdict { kind because evidence { comparison { judge candidate { n errors } high } standing { logE } } }
  } } } } }`);
  expect(errors).toEqual([]);
  const where = {
    step: 0,
    metric: 'errors',
    cluster: 'eu',
    ordinal: 0,
    from: '2026-01-05T10:00:00.000Z',
    to: '2026-01-05T10:01:00.000Z',
  };
  const { kind, because } = aComparison;
  const comparison = { judge: 'errorCount', candidate: { n: 2_010, errors: 41 }, high: null };
  const value = {
    ...where,
    query: 'q',
    reading: { kind: 'value', candidate, stable: null, message: null },
    verdict: { kind, because, evidence: { comparison, standing: { logE: 8.07 } } },
  };
  const error = {
    ...where,
    query: null,
    reading: { kind: 'error', candidate: null, stable: null, message: 'HTTP 503' },
    verdict: null,
  };
  expect(data).toEqual({ release: { looks: { edges: [{ node: value }, { node: error }] } } });
});

it('gives them page by page, of a step, a metric and a cluster', async () => {
  app.useCases.looks.push(
    aLook({ step: 1, metric: 'latency' }),
    aLook({ ordinal: 2 }),
    aLook({ ordinal: 1 }),
    aLook(),
  );
  const query = `query ($after: String) { release(id: "${id}") {
    looks(step: 0, metric: "errors", cluster: "eu", first: 2, after: $after) {
      edges { node { ordinal } } pageInfo { hasNextPage endCursor } } } }`;
  const first = await app.ask(query);
  expect(first.data).toEqual({
    release: {
      looks: {
        edges: [{ node: { ordinal: 2 } }, { node: { ordinal: 1 } }],
        pageInfo: { hasNextPage: true, endCursor: '2' },
      },
    },
  });
  const rest = await app.ask(query, { after: '2' });
  expect(rest.data).toEqual({
    release: {
      looks: {
        edges: [{ node: { ordinal: 0 } }],
        pageInfo: { hasNextPage: false, endCursor: '3' },
      },
    },
  });
});

it('refuses a metric that is no name, and says which field it was', async () => {
  const { errors } = await app.ask(
    `{ release(id: "${id}") { looks(metric: "Error rate") { edges { node { step } } } } }`,
  );
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'metric' } }]);
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startGraphqlApp, type GraphqlApp } from '../testing/graphql-app.js';

let app: GraphqlApp;
beforeAll(async () => {
  app = await startGraphqlApp();
});
afterAll(() => app.close());

const refused = '... on Refused { code field }';

it('puts, lists and removes secrets, and gives their texts to nobody', async () => {
  const put = `mutation ($name: ID!, $value: String!) { putSecret(name: $name, value: $value) {
    ... on SecretPayload { secret { name } } ${refused} } }`;
  const done = await app.ask(put, { name: 'key', value: 'geheim' });
  expect(done).toMatchObject({ errors: [], data: { putSecret: { secret: { name: 'key' } } } });
  expect(app.useCases.sources.texts.get('key')).toBe('geheim');
  const wrong = await app.ask(put, { name: 'No Name', value: 'geheim' });
  expect(wrong.data).toEqual({ putSecret: { code: 'INVALID_INPUT', field: 'name' } });
  const { data } = await app.ask('{ secrets { edges { node { name updatedAt } } } }');
  expect(data).toMatchObject({ secrets: { edges: [{ node: { name: 'key' } }] } });
  expect((await app.ask('{ secrets { edges { node { value } } } }')).status).toBe(400);
  const removed = await app.ask(`mutation {
    one: removeSecret(name: "key") { ... on RemovedPayload { name } ${refused} }
    again: removeSecret(name: "key") { ... on RemovedPayload { name } ${refused} } }`);
  expect(removed.data).toEqual({
    one: { name: 'key' },
    again: { code: 'UNKNOWN_SECRET', field: null },
  });
});

it('puts, gets, lists and removes sources of any kind', async () => {
  const http = {
    url: 'https://metrics.example/?q={{query}}',
    path: '/value',
    headers: { accept: 'application/json', authorization: { secret: 'key' } },
  };
  const put = await app.ask(
    `mutation ($s: SourceInput!) { putSource(source: $s) { ${refused}
      ... on SourcePayload { source { timeout connection { http { url path headers } datadog { site } } } } } }`,
    { s: { name: 'own', timeout: null, connection: { http, datadog: null } } },
  );
  expect(put.errors).toEqual([]);
  expect(put.data).toEqual({
    putSource: { source: { timeout: '10s', connection: { http, datadog: null } } },
  });
  const { data } = await app.ask(`{
    source(name: "own") { name }
    none: source(name: "No Name") { name }
    sources(first: 5) { edges { node { name } } } }`);
  expect(data).toEqual({
    source: { name: 'own' },
    none: null,
    sources: { edges: [{ node: { name: 'own' } }] },
  });
  const removed = await app.ask(
    `mutation { removeSource(name: "own") { ... on RemovedPayload { name } ${refused} } }`,
  );
  expect(removed.data).toEqual({ removeSource: { name: 'own' } });
});

it('takes pushed measurements with a key, and names the wrong field', async () => {
  const push = (measurements: readonly object[], key: string | null) =>
    app.ask(
      `mutation ($m: [MeasurementInput!]!, $k: String) { pushMeasurements(measurements: $m, idempotencyKey: $k) {
        ... on PushedMeasurements { accepted } ${refused} } }`,
      { m: measurements, k: key },
    );
  const where = { metric: 'm', cluster: 'eu', service: 'shop/catalog', version: 'v2' };
  const done = await push([{ ...where, value: 0.5, at: null }], 'batch-1');
  expect(done.data).toEqual({ pushMeasurements: { accepted: 1 } });
  expect(app.useCases.commands.at(-1)).toMatchObject({
    actor: 'portal',
    idempotencyKey: 'batch-1',
  });
  const wrong = await push([{ ...where, requests: 1, errors: 2 }], null);
  expect(wrong.data).toEqual({
    pushMeasurements: { code: 'INVALID_INPUT', field: 'measurements[0].errors' },
  });
});

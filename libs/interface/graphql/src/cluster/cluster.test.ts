import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startGraphqlApp, type GraphqlApp } from '../testing/graphql-app.js';

let app: GraphqlApp;
beforeAll(async () => {
  app = await startGraphqlApp();
  const connection = { simulated: { seed: 1 } };
  await app.ask(`mutation ($c: ClusterInput!) { putCluster(cluster: $c) { __typename } }`, {
    c: { name: 'eu', connection, metrics: { simulated: true } },
  });
});
afterAll(() => app.close());

const refused = '... on Refused { code field }';

it('probes a cluster, and says all that stands in the way', async () => {
  const { data } = await app.ask(`mutation {
    one: probeCluster(name: "eu") { ... on ProbePayload { probe { ok findings { kind message } } } }
    none: probeCluster(name: "us") { ${refused} }
    wrong: probeCluster(name: "No Name") { ${refused} } }`);
  expect(data).toEqual({
    one: {
      probe: {
        ok: false,
        findings: [
          {
            kind: 'forbidden',
            message: 'Spillway may not patch virtualservices; grant it with RBAC.',
          },
        ],
      },
    },
    none: { code: 'UNKNOWN_CLUSTER', field: null },
    wrong: { code: 'UNKNOWN_CLUSTER', field: null },
  });
});

it('removes a cluster once', async () => {
  const remove = `removeCluster(name: "eu") { ... on RemovedPayload { name } ${refused} }`;
  const { data } = await app.ask(`mutation { one: ${remove} again: ${remove} }`);
  expect(data).toEqual({
    one: { name: 'eu' },
    again: { code: 'UNKNOWN_CLUSTER', field: null },
  });
  expect((await app.ask('{ cluster(name: "eu") { name } }')).data).toEqual({ cluster: null });
});

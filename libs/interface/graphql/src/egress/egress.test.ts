import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startGraphqlApp, type GraphqlApp } from '../testing/graphql-app.js';

let app: GraphqlApp;
beforeAll(async () => {
  app = await startGraphqlApp();
});
afterAll(() => app.close());

const allow = [
  {
    hosts: ['api.stripe.com'],
    ports: [{ number: 443, protocol: 'TLS' }],
    owner: 'payments',
    reason: 'Card payments',
    resolution: null,
  },
];
const egressPolicy = { name: 'shop', clusters: ['eu-west'], allow, acceptBlocked: null };

it('puts, enforces and rolls back a policy', async () => {
  const result = `... on EgressPolicyPayload { egressPolicy { mode generation } }
    ... on Refused { code field }`;
  const put = await app.ask(
    `mutation ($p: EgressPolicyInput!) { putEgressPolicy(egressPolicy: $p) { ${result} } }`,
    { p: egressPolicy },
  );
  expect(put).toMatchObject({
    errors: [],
    data: { putEgressPolicy: { egressPolicy: { mode: 'observe', generation: 1 } } },
  });
  const { data } = await app.ask(`mutation {
    enforce: enforceEgress(name: "shop", acceptBlocked: "CHG-1") { ${result} }
    open: rollbackEgress(name: "shop") { ${result} }
    none: enforceEgress(name: "No Name") { ${result} }
  }`);
  expect(data).toEqual({
    enforce: { egressPolicy: { mode: 'enforce', generation: 2 } },
    open: { egressPolicy: { mode: 'observe', generation: 3 } },
    none: { code: 'UNKNOWN_EGRESS_POLICY', field: null },
  });
  expect(app.useCases.commands.at(-2)).toMatchObject({ acceptBlocked: 'CHG-1', actor: 'portal' });
});

it('shows policies and reports, and null for what is not there', async () => {
  const { data, errors } = await app.ask(`{
    egressPolicy(name: "shop") { rollouts { cluster drift } }
    none: egressPolicy(name: "other") { name }
    nothing: egressReport(name: "other") { known }
    egressPolicies(first: 5) { edges { node { name rollouts { drift } } } }
    egressReport(name: "shop", window: "2h") {
      window known wouldBlock clusters { state because findings { workload host requests } }
    }
  }`);
  expect(errors).toEqual([]);
  expect(data).toMatchObject({
    egressPolicy: {
      rollouts: [{ cluster: 'eu-west', drift: ['Sidecar shop/spillway-egress is missing'] }],
    },
    none: null,
    nothing: null,
    egressPolicies: { edges: [{ node: { name: 'shop', rollouts: [{ drift: null }] } }] },
    egressReport: { window: '2h', known: false, wouldBlock: 1 },
  });
});

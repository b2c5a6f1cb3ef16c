import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aRelease } from '@spillway/domain-release/testing';
import { basisPoints, clusterName, generation } from '@spillway/kernel';
import { startGraphqlApp, type GraphqlApp } from './testing/graphql-app.js';

let app: GraphqlApp;
beforeAll(async () => {
  app = await startGraphqlApp();
});
afterAll(() => app.close());

const putStrategy = `mutation ($s: StrategyInput!) { putStrategy(strategy: $s) {
  ... on Refused { field message }
  ... on StrategyPayload { strategy { sticky { cookie } waves { clusters rest pace } steps {
    setWeight switch removeRoute mirror ramp { from to steps over } analyze { iterations }
    route { name where match { uri { prefix } headers port sourceLabels } } } } } } }`;

it('takes and gives every kind of step, with texts by name as JSON', async () => {
  const route = {
    name: 'testers',
    where: 'mesh',
    match: [
      {
        uri: { prefix: '/search' },
        headers: { 'x-tester': { exact: 'yes' }, 'x-any': { present: true } },
        port: 8080,
        sourceLabels: { app: 'web' },
      },
    ],
  };
  const ramp = { from: 1, to: 50, steps: 5, over: '20m' };
  const steps = [
    { route },
    { mirror: { percent: 25, methods: 'safe' } },
    { mirror: 'off' },
    { removeRoute: 'testers' },
    { ramp },
    { analyze: { iterations: 5 } },
    { switch: {} },
  ];
  const waves = [{ clusters: ['eu'], pace: 2 }, { rest: true }];
  const sticky = { cookie: 'release', lifetime: '1h' };
  const { data, errors } = await app.ask(putStrategy, { s: { name: 'all', waves, sticky, steps } });
  expect(errors).toEqual([]);
  expect(data).toMatchObject({
    putStrategy: {
      strategy: {
        sticky: { cookie: 'release' },
        waves: [
          { clusters: ['eu'], pace: 2 },
          { rest: true, pace: null },
        ],
        steps: [
          { route, setWeight: null },
          { mirror: { percent: 25, methods: 'safe' } },
          { mirror: 'off' },
          { removeRoute: 'testers' },
          { ramp },
          { analyze: { iterations: 5 } },
          { switch: {} },
        ],
      },
    },
  });
});

it('reads the same from the text of a query', async () => {
  const { data, errors } = await app.ask(`mutation { putStrategy(strategy: { name: "text", steps: [
    { route: { name: "testers", match: [{ headers: { accept: { prefix: "text" } } }] } }
    { mirror: { percent: 0.5 } } ] }) { ... on StrategyPayload { strategy { steps { mirror route { match { headers } } } } } } }`);
  expect(errors).toEqual([]);
  expect(data).toMatchObject({
    putStrategy: {
      strategy: {
        steps: [
          { route: { match: [{ headers: { accept: { prefix: 'text' } } }] } },
          { mirror: { percent: 0.5, methods: 'all' } },
        ],
      },
    },
  });
});

it('names the condition that is wrong', async () => {
  const match = [{ headers: { 'X-Tester': { exact: 'yes' } } }];
  const steps = [{ route: { name: 'testers', match } }];
  const { data } = await app.ask(putStrategy, { s: { name: 'all', steps } });
  expect(data).toMatchObject({
    putStrategy: { field: 'steps[0].route.match[0].headers.X-Tester' },
  });
});

it('gives the owner, the edge and the versions of a service', async () => {
  const service = {
    name: 'shop/catalog',
    port: 8080,
    stable: 'v1',
    clusters: ['eu'],
    protocol: 'grpc',
    versionHost: 'catalog-{version}',
    edge: { gateways: ['istio-system/public'], hosts: ['shop.example.com'] },
    drift: 'hold',
  };
  const { data, errors } = await app.ask(
    `mutation ($s: ServiceInput!) { putService(service: $s) { ... on ServicePayload { service {
      protocol versionHost drift edge { gateways hosts }
      routing { managed adopt { virtualService routes } delegate { virtualService } } } } } }`,
    { s: service },
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    putService: {
      service: {
        protocol: 'grpc',
        versionHost: 'catalog-{version}.shop.svc.cluster.local',
        drift: 'hold',
        edge: service.edge,
        routing: { managed: {}, adopt: null, delegate: null },
      },
    },
  });
});

it('gives what the candidate sees in a cluster, and who changed the routing there', async () => {
  const release = aRelease({
    rollouts: [
      {
        cluster: clusterName('eu'),
        wave: 0,
        desired: {
          generation: generation(2),
          weight: basisPoints(1_000),
          routes: [{ name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] }],
          mirror: { share: basisPoints(2_500), methods: 'all' },
        },
        drifted: 'kubectl changed it',
      },
    ],
  });
  app.useCases.releases.put(release);
  const { data, errors } = await app.ask(
    `query ($id: ID!) { release(id: $id) { plan { drift sticky { cookie } }
      rollouts { weight routes { name description } mirror { percent methods } drifted } } }`,
    { id: release.id },
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    release: {
      plan: { drift: 'heal', sticky: null },
      rollouts: [
        {
          weight: 10,
          routes: [{ name: 'testers', description: 'x-tester is yes' }],
          mirror: { percent: 25, methods: 'all' },
          drifted: 'kubectl changed it',
        },
      ],
    },
  });
});

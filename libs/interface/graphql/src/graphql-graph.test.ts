import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMoment, aRelease } from '@spillway/domain-release/testing';
import { basisPoints, releaseId } from '@spillway/kernel';
import { startGraphqlApp, type GraphqlApp } from './testing/graphql-app.js';

const id = '00000000-0000-4000-8000-000000000001';
let app: GraphqlApp;

beforeAll(async () => {
  app = await startGraphqlApp();
  const cluster = { name: 'eu', connection: { inCluster: true }, metrics: { none: true } };
  const service = { name: 'shop/catalog', port: 80, stable: 'v1', clusters: ['eu', 'us'] };
  const strategy = { name: 'canary-10', steps: [{ setWeight: 10 }] };
  await app.ask(
    `mutation ($c: ClusterInput!, $s: ServiceInput!, $t: StrategyInput!) {
      putCluster(cluster: $c) { __typename } putService(service: $s) { __typename }
      putStrategy(strategy: $t) { __typename } }`,
    { c: cluster, s: service, t: strategy },
  );
  const [eu, ...others] = aRelease().rollouts;
  if (eu === undefined) throw new Error('the release has no rollout');
  const shifted = { ...eu, desired: { ...eu.desired, weight: basisPoints(1_000) } };
  app.useCases.releases.put(aRelease({ rollouts: [shifted, ...others] }));
  const event = { type: 'resumed', because: 'told', actor: 'ci', at: aMoment } as const;
  app.useCases.events.push({ sequence: 1, event, hash: 'a' }, { sequence: 2, event, hash: 'b' });
});
afterAll(() => app.close());

const dataOf = async (query: string, variables: object = {}) => {
  const { data, errors } = await app.ask(query, variables);
  expect(errors).toEqual([]);
  return data;
};

describe('an id', () => {
  it.each([
    ['release', id, `{ release(id: "${id}") { id } }`],
    ['cluster', 'cluster:eu', '{ cluster(name: "eu") { id } }'],
    ['service', 'service:shop/catalog', '{ service(name: "shop/catalog") { id } }'],
    ['strategy', 'strategy:canary-10:1', '{ strategy(name: "canary-10") { id } }'],
  ])('of a %s leads back to it', async (field, wanted, query) => {
    expect(await dataOf(query)).toEqual({ [field]: { id: wanted } });
    const again = 'query ($id: ID!) { node(id: $id) { id } }';
    expect(await dataOf(again, { id: wanted })).toEqual({ node: { id: wanted } });
  });

  it('leads to the parts of a release, too', async () => {
    const query = `{ release(id: "${id}") { rollouts { id } events(first: 1) { edges { node { id } } } } }`;
    expect(await dataOf(query)).toEqual({
      release: {
        rollouts: [{ id: `rollout:${id}:eu` }, { id: `rollout:${id}:us` }],
        events: { edges: [{ node: { id: `event:${id}:1` } }] },
      },
    });
    const nodes = `{ nodes(ids: ["event:${id}:2", "rollout:${id}:eu"]) { __typename
      ... on Event { sequence } ... on Rollout { cluster weight } } }`;
    expect(await dataOf(nodes)).toEqual({
      nodes: [
        { __typename: 'Event', sequence: 2 },
        { __typename: 'Rollout', cluster: 'eu', weight: 10 },
      ],
    });
  });

  it.each([
    'nothing',
    'cluster:us',
    'cluster:',
    'cluster:A b',
    'strategy:canary-10:x',
    'strategy:canary-10:9',
    `event:${id}:0`,
    `event:${id}:9`,
    `rollout:${id}:asia`,
    'rollout:x:eu',
    'planet:earth',
    '__proto__:a',
  ])('that is none leads to null: %s', async (none) => {
    expect(await dataOf('query ($id: ID!) { node(id: $id) { id } }', { id: none })).toEqual({
      node: null,
    });
  });

  it('is asked for 200 at a time at most', async () => {
    const ids = Array.from({ length: 201 }, () => id);
    const { errors } = await app.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'ids' } }]);
  });
});

describe('a service', () => {
  it('leads to what is live where, its clusters and its releases', async () => {
    const query = `{ service(name: "shop/catalog") { clusterNodes { name } currentRelease { id }
      latestReleaseNode { id } live { cluster applied versions { version weight } clusterNode { name } release { id } }
      releases(first: 1) { edges { cursor node { id serviceNode { name } strategy { node { id } }
        rollouts { clusterNode { id } } } } pageInfo { hasNextPage hasPreviousPage startCursor } } } }`;
    const untouched = { versions: [{ version: 'v1', weight: 100 }], applied: true, release: null };
    expect(await dataOf(query)).toEqual({
      service: {
        clusterNodes: [{ name: 'eu' }],
        currentRelease: { id },
        latestReleaseNode: null,
        live: [
          { cluster: 'eu', clusterNode: { name: 'eu' }, ...untouched },
          { cluster: 'us', clusterNode: null, ...untouched },
        ],
        releases: {
          edges: [
            {
              cursor: '1',
              node: {
                id,
                serviceNode: { name: 'shop/catalog' },
                strategy: { node: { id: 'strategy:canary-10:1' } },
                rollouts: [{ clusterNode: { id: 'cluster:eu' } }, { clusterNode: null }],
              },
            },
          ],
          pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: '1' },
        },
      },
    });
  });
});

describe('a page', () => {
  it('gives each item the cursor to read on after it', async () => {
    for (const index of [2, 3]) {
      app.useCases.releases.put(aRelease({ id: releaseId(id.replace(/1$/, String(index))) }));
    }
    const query = `query ($after: String) { releases(first: 2, after: $after) { edges { cursor node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    const first = (await dataOf(query)) as { releases: { edges: { cursor: string }[] } };
    const [edge] = first.releases.edges;
    expect(await dataOf(query, { after: edge?.cursor })).toMatchObject({
      releases: {
        edges: [{ node: { id: id.replace(/1$/, '2') } }, { node: { id: id.replace(/1$/, '3') } }],
        pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: '2', endCursor: '3' },
      },
    });
  });
});

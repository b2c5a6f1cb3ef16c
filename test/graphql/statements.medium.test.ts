import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { openStage, token, type Stage } from '../control-plane/stage.js';
import { documents } from '../control-plane/documents.js';
import { dataOf } from './ask.js';
import { statementsOf } from './statements.js';

const services = Array.from({ length: 8 }, (_, index) => `shop/service-${index + 10}`);
let database: FreshDatabase;
let stage: Stage;

// No worker: the releases stay as they are, and nothing else sends statements.
beforeAll(async () => {
  database = await freshDatabase();
  stage = await openStage({ databaseUrl: database.url, role: 'api' });
  await stage.controlPlane.started;
  for (const cluster of documents.clusters) await stage.client.clusters.put(cluster);
  for (const strategy of Object.values(documents.strategies)) {
    await stage.client.strategies.put(strategy);
  }
  await Promise.all(
    services.map(async (name) => {
      await stage.client.services.put({ ...documents.service, name });
      await stage.client.releases.start({ service: name, candidate: 'v2', strategy: 'quick' });
    }),
  );
}, 60_000);
afterAll(async () => {
  await stage.stop();
  await database.drop();
});

const reading = async (query: string, first: number) => {
  const place = { url: stage.url, token };
  let items = 0;
  const statements = await statementsOf(async () => {
    const [list] = Object.values(await dataOf(place, query, { first }));
    items = (list as { edges: unknown[] }).edges.length;
  });
  return { items, statements: statements.length };
};

describe('a page', () => {
  it.each([
    [
      'releases with service, strategy and clusters',
      `query ($first: Int) { releases(first: $first) { edges { node { id
        serviceNode { name currentRelease { id } clusterNodes { name } }
        strategy { node { name verify } }
        rollouts { weight clusterNode { name labels } } } } } }`,
    ],
    [
      'services with what is live where',
      `query ($first: Int) { services(first: $first) { edges { node { name
        currentRelease { phase because }
        latestReleaseNode { strategy { node { name } } }
        live { cluster versions { version weight } clusterNode { state } release { id } } } } } }`,
    ],
  ])('of %s takes as many statements for one as for many', async (_, query) => {
    const one = await reading(query, 1);
    const many = await reading(query, services.length);
    expect([one.items, many.items]).toEqual([1, services.length]);
    expect(many.statements).toBe(one.statements);
    // Each read is a transaction of its own, which begins with the time and ends.
    expect(many.statements).toBeLessThanOrEqual(24);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aRelease } from '@spillway/domain-release/testing';
import { createGraphqlModule } from '@spillway/interface-graphql';
import { callerOf, startRestApp, type RestApp } from '@spillway/interface-rest/testing';

/** REST and GraphQL as the control plane has them: in one process, behind one port. */
let app: RestApp;
const call = callerOf(() => app);
const path = '/graphql';

beforeAll(async () => {
  app = await startRestApp({ imports: (options) => [createGraphqlModule(options)] });
  app.useCases.releases.put(aRelease({ revision: 3 }));
});
afterAll(() => app.close());

describe('REST and GraphQL in one process', () => {
  it('give the same release', async () => {
    const query = '{ releases { edges { node { id phase plan { steps { description } } } } } }';
    const graphql = await call('POST', path, { body: { query } });
    const rest = await call('GET', '/api/v1/releases');
    const [{ node }] = (graphql.body as { data: { releases: { edges: [{ node: object }] } } }).data
      .releases.edges;
    expect((rest.body as { items: object[] }).items).toMatchObject([node]);
  });

  it('know the same tokens', async () => {
    const answer = await call('POST', path, { token: 'wrong', body: { query: '{ __typename }' } });
    expect(answer.status).toBe(401);
  });

  it('answer in GraphQL’s way when something goes wrong in GraphQL', async () => {
    app.useCases.failWith(() => {
      throw new Error('password=hunter2');
    });
    const body = { query: '{ clusters { edges { cursor } } }' };
    const answer = await call('POST', path, { body });
    app.useCases.failWith(undefined);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL' } }] });
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
  });

  it('refuse a body that is too large', async () => {
    const body = { query: `{ ${' '.repeat(1_100_000)} }` };
    expect((await call('POST', path, { body })).status).toBe(413);
  });
});

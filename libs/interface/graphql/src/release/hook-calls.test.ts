import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aHookCall } from '@spillway/application/testing';
import { aRelease } from '@spillway/domain-release/testing';
import { startGraphqlApp, type GraphqlApp } from '../testing/graphql-app.js';

const { id } = aRelease();
let app: GraphqlApp;

beforeAll(async () => {
  app = await startGraphqlApp();
  app.useCases.releases.put(aRelease());
  await app.workshop.furnish();
  const release = await app.workshop.started();
  expect(release.id).toBe(id);
  await app.workshop.uow.run(async (tx) => {
    await tx.hookCalls.put(id, aHookCall());
    await tx.hookCalls.put(id, aHookCall({ ordinal: 1, state: 'open', status: 200, times: 1 }));
  });
});
afterAll(() => app.close());

it('gives what the hooks of a release were asked, page by page', async () => {
  const query = `query ($after: String) { release(id: "${id}") {
    hookCalls(hook: "gate", first: 1, after: $after) {
      edges { node { hook point state status detail attempts times firstAt at tookMs retryAt } cursor }
      pageInfo { hasNextPage } } } }`;
  const first = await app.ask(query);
  expect(first.errors).toEqual([]);
  const page = (first.data as never as Answered).release.hookCalls;
  expect(page).toMatchObject({
    edges: [{ node: { state: 'open', status: 200, point: 'confirm-traffic-increase', times: 1 } }],
    pageInfo: { hasNextPage: true },
  });
  const rest = await app.ask(query, { after: page.edges[0]?.cursor });
  expect(rest.data).toMatchObject({
    release: {
      hookCalls: {
        edges: [{ node: { hook: 'gate', state: 'closed', status: 403, times: 3, retryAt: null } }],
        pageInfo: { hasNextPage: false },
      },
    },
  });
});

interface Answered {
  readonly release: { readonly hookCalls: { readonly edges: { readonly cursor: string }[] } };
}

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aRelease } from '@spillway/domain-release/testing';
import { startGraphqlApp, type GraphqlApp } from '../testing/graphql-app.js';

const id = '00000000-0000-4000-8000-000000000001';
let app: GraphqlApp;

beforeAll(async () => {
  app = await startGraphqlApp();
  app.useCases.releases.put(aRelease());
});
afterAll(() => app.close());

const tell = (mutation: string) =>
  app.ask(
    `mutation { it: ${mutation} { ... on ReleasePayload { release { id } } ... on Refusal { code field } } }`,
  );

it.each<[string, object]>([
  [`promoteReleaseFully(id: "${id}")`, { verb: 'promoteFull' }],
  [`skipReleaseStep(id: "${id}", step: 0, comment: "night")`, { verb: 'skipStep', step: 0 }],
  [`skipReleaseStep(id: "${id}", step: null)`, { verb: 'skipStep' }],
  [`jumpReleaseToStep(id: "${id}", step: 3)`, { verb: 'jumpToStep', step: 3 }],
  [`restartRelease(id: "${id}", idempotencyKey: "k")`, { verb: 'restart', idempotencyKey: 'k' }],
])('%s', async (mutation, command) => {
  const { data, errors } = await tell(mutation);
  expect(errors).toEqual([]);
  expect(data).toEqual({ it: { release: { id } } });
  expect(app.useCases.commands.at(-1)).toMatchObject({ release: id, ...command });
});

it.each<[string, object]>([
  [`retryRelease(id: "${id}", onBusy: queue)`, { code: 'UNKNOWN_RELEASE' }],
  [`undoRelease(id: "${id}", strategy: "back-now")`, { code: 'UNKNOWN_RELEASE' }],
  [`changeReleaseStrategy(id: "${id}", strategy: "careful")`, { code: 'UNKNOWN_RELEASE' }],
  [
    `changeReleaseStrategy(id: "${id}", strategy: "No Name")`,
    { code: 'INVALID_INPUT', field: 'strategy' },
  ],
])('%s is refused where there is none', async (mutation, refused) => {
  const { data, errors } = await tell(mutation);
  expect(errors).toEqual([]);
  expect(data).toMatchObject({ it: refused });
});

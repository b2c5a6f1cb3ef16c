import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aRelease } from '@spillway/domain-release/testing';
import { createClient, type Client } from 'graphql-sse';
import { startGraphqlApp, type GraphqlApp } from './testing/graphql-app.js';
import { until } from './testing/until.js';

const id = '00000000-0000-4000-8000-000000000001';
const query = `subscription { releaseChanged(id: "${id}") { revision phase } }`;
let app: GraphqlApp;
let client: Client;

beforeEach(async () => {
  app = await startGraphqlApp();
  app.useCases.releases.put(aRelease({ revision: 1 }));
  client = createClient({
    url: `${app.url}/stream`,
    headers: { authorization: 'Bearer token-of-portal' },
    retryAttempts: 0,
  });
});
afterEach(async () => {
  client.dispose();
  await app.close();
});

const post = (body: unknown, token = 'token-of-portal', method = 'POST') =>
  fetch(`${app.url}/stream`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });

describe('a stream', () => {
  it('tells of the release now, after each change, and ends with the final state', async () => {
    const changes = client.iterate({ query });
    expect((await changes.next()).value).toEqual({
      data: { releaseChanged: { revision: 1, phase: 'pending' } },
    });
    app.useCases.releases.put(aRelease({ revision: 2, phase: 'succeeded' }));
    expect((await changes.next()).value).toEqual({
      data: { releaseChanged: { revision: 2, phase: 'succeeded' } },
    });
    expect((await changes.next()).done).toBe(true);
  });

  it('stops watching when the client goes away', async () => {
    const changes = client.iterate({ query });
    await changes.next();
    expect(app.useCases.releases.watchers).toBe(1);
    client.dispose();
    await until(() => app.useCases.releases.watchers === 0);
  });

  it('answers queries, too', async () => {
    const answers = client.iterate({ query: '{ __typename }' });
    expect((await answers.next()).value).toEqual({ data: { __typename: 'Query' } });
    expect((await answers.next()).done).toBe(true);
  });

  it('is for those who have a token', async () => {
    const response = await post({ query }, 'wrong');
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="spillway"',
    ]);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it.each([
    ['what is no GraphQL', '{', /Syntax Error/],
    ['what the schema does not have', '{ realease { id } }', /Cannot query field/],
    ['what is too deep', `{ ${'a { '.repeat(20)} b ${'}'.repeat(21)}`, /fields deep|Cannot query/],
    ['a choice that nobody made', 'query a { __typename } query b { __typename }', /operationName/],
  ])('refuses %s, by its code', async (_, wrong, why) => {
    const response = await post({ query: wrong });
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    expect([response.status, errors[0]]).toMatchObject([
      400,
      { extensions: { code: 'INVALID_INPUT' } },
    ]);
    expect(errors.map(({ message }) => message).join()).toMatch(why);
  });

  it('refuses a body that is no operation, and other methods', async () => {
    expect((await post({ operation: query })).status).toBe(400);
    expect((await post({}, 'token-of-portal', 'PUT')).status).toBe(405);
    const got = await post({}, 'token-of-portal', 'GET');
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('refuses a release that is not there, and keeps the unforeseen to the log', async () => {
    const other = query.replace(id, '00000000-0000-4000-8000-00000000000f');
    const { value } = await client.iterate({ query: other }).next();
    expect(value).toMatchObject({ errors: [{ extensions: { code: 'UNKNOWN_RELEASE' } }] });
    app.useCases.failWith(() => {
      throw new Error('password=hunter2');
    });
    const failed = await client.iterate({ query }).next();
    expect(JSON.stringify(failed.value)).toContain('INTERNAL');
    expect(JSON.stringify(failed.value)).not.toContain('hunter2');
  });

  it('keeps no more than a few states for a reader that does not read', async () => {
    const response = await post({ query: query.replace('phase', 'phase description') });
    const states = 400;
    for (let revision = 2; revision < states; revision += 1) {
      app.useCases.releases.put(aRelease({ revision, description: 'x'.repeat(20_000) }));
      await new Promise(setImmediate);
    }
    app.useCases.releases.put(aRelease({ revision: states, phase: 'succeeded' }));
    const text = await response.text();
    const told = text.split('event: next').length - 1;
    expect(text).toContain(`"revision":${states}`);
    expect(told).toBeLessThan(states);
  });
});

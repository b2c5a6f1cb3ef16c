import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Workshop } from '@spillway/application/testing';
import { fixedTokens } from '@spillway/interface-contract/bearer';
import { InMemoryUseCases, overWorkshop } from '@spillway/interface-contract/testing';
import { startGraphqlApp, type GraphqlApp } from './testing/graphql-app.js';
import { Safelist } from './transport/safelist.js';

const query = '{ releases { edges { node { id } } } }';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (text: string) => ({
  persistedQuery: { version: 1, sha256Hash: hashOf(text) },
});
const aboutSchema = [
  '{ __schema { types { name } } }',
  '{ ...f } fragment f on Query { __type(name: "Release") { name } }',
];

let app: GraphqlApp | undefined;
const start = async (...given: Parameters<typeof startGraphqlApp>): Promise<GraphqlApp> => {
  app = await startGraphqlApp(...given);
  return app;
};
afterEach(() => app?.close());

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(app?.url ?? '', {
    method: 'POST',
    headers: {
      authorization: 'Bearer token-of-portal',
      'content-type': 'application/json',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the schema', () => {
  it.each(aboutSchema)('is told to callers: %s', async (asked) => {
    const server = await start({ introspection: 'callers' });
    expect((await server.ask(asked)).errors).toEqual([]);
  });

  it('is told to callers with a role only, where that is wanted', async () => {
    const authenticate = fixedTokens([
      { actor: 'portal', token: 'token-of-portal', grants: [{ role: 'viewer' }] },
      { actor: 'nobody', token: 'token-of-nobody', grants: [] },
    ]);
    const server = await start({ introspection: 'roles', authenticate });
    const [asked = ''] = aboutSchema;
    expect((await server.ask(asked)).errors).toEqual([]);
    expect((await server.ask(asked, {}, 'token-of-nobody')).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it.each(aboutSchema)('is told to nobody, where that is wanted: %s', async (asked) => {
    const server = await start({ introspection: 'nobody' });
    const { status, errors } = await server.ask(asked);
    expect([status, errors]).toMatchObject([403, [{ extensions: { code: 'FORBIDDEN' } }]]);
    expect((await server.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
    const [wrong] = (await server.ask('{ release(id: "a") { fase } }')).errors;
    expect(wrong?.message).toBe('Cannot query field "fase" on type "Release".');
  });
});

describe('persisted queries', () => {
  it('are asked for once and then known by their hash', async () => {
    await start();
    const unknown = await post({ extensions: persisted(query) });
    expect(unknown.body).toMatchObject({
      errors: [
        { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
      ],
    });
    await post({ query, extensions: persisted(query) });
    const known = await post({ extensions: persisted(query) });
    expect(known.body).toEqual({ data: { releases: { edges: [] } } });
  });

  it('are refused under a hash that is not theirs', async () => {
    await start();
    const { status } = await post({ query, extensions: persisted(`${query} `) });
    expect(status).toBe(400);
  });
});

describe('a list of operations', () => {
  it('leaves no other to be sent', async () => {
    const server = await start({ safelist: new Safelist([query]) });
    expect((await server.ask(query)).errors).toEqual([]);
    const { status, errors } = await server.ask(`${query} `);
    expect([status, errors]).toMatchObject([403, [{ extensions: { code: 'FORBIDDEN' } }]]);
  });

  it('is asked by hash, and learns nothing from callers', async () => {
    await start({ safelist: new Safelist([query]) });
    expect((await post({ extensions: persisted(query) })).body).toMatchObject({ data: {} });
    const other = '{ __typename }';
    expect((await post({ query: other, extensions: persisted(other) })).status).toBe(403);
    expect((await post({ extensions: persisted(other) })).body).toMatchObject({
      errors: [{ message: 'PersistedQueryNotFound' }],
    });
  });
});

describe('a request', () => {
  it('has one operation, not a list of them', async () => {
    await start();
    const { status, body } = await post([{ query }, { query }]);
    expect([status, body]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'INVALID_INPUT' } }] },
    ]);
  });

  it('is refused as a form, which a foreign page could send', async () => {
    await start();
    const { status } = await post(JSON.stringify({ query }), { 'content-type': 'text/plain' });
    expect(status).toBe(400);
    const byGet = await fetch(`${app?.url}?query=${encodeURIComponent(query)}`, {
      headers: { authorization: 'Bearer token-of-portal' },
    });
    expect(byGet.status).toBe(400);
  });

  it('is given up when it takes too long', async () => {
    const useCases = overWorkshop(new InMemoryUseCases(), new Workshop());
    const stuck = { ...useCases, listReleases: () => new Promise<never>(() => undefined) };
    const server = await start({ timeoutMs: 20, useCases: stuck });
    const { status, errors } = await server.ask(query);
    expect([status, errors]).toMatchObject([504, [{ extensions: { code: 'TOOK_TOO_LONG' } }]]);
  });

  it('is refused when its brackets lie too deep in each other', async () => {
    const server = await start();
    const { status, errors } = await server.ask(`${'{ a '.repeat(2_000)}${'}'.repeat(2_000)}`);
    expect([status, errors]).toMatchObject([400, [{ extensions: { code: 'INVALID_INPUT' } }]]);
    expect(errors[0]?.message).toContain('200 brackets');
  });

  it('is refused when its variables do not fit', async () => {
    const server = await start();
    const { status, errors } = await server.ask('query ($id: ID!) { release(id: $id) { id } }');
    expect([status, errors]).toMatchObject([400, [{ extensions: { code: 'INVALID_INPUT' } }]]);
  });
});

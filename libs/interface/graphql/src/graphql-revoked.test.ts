import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Identity } from '@spillway/application';
import { aRelease } from '@spillway/domain-release/testing';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { startGraphqlApp, type GraphqlApp } from './testing/graphql-app.js';
import { until } from './testing/until.js';

const query =
  'subscription { releaseChanged(id: "00000000-0000-4000-8000-000000000001") { revision } }';
const authorization = 'Bearer token-of-portal';
const identity: Identity = { actor: 'portal', grants: [{ role: 'viewer' }] };
let known: Identity | undefined;
let app: GraphqlApp;

beforeEach(async () => {
  known = identity;
  app = await startGraphqlApp({
    authenticate: () => Promise.resolve(known),
    mostStreams: 2,
  });
  app.useCases.releases.put(aRelease({ revision: 1 }));
});
afterEach(() => app.close());

const overSocket = () =>
  createClient({
    url: app.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization },
  });
const overEvents = () =>
  createSseClient({ url: `${app.url}/stream`, headers: { authorization }, retryAttempts: 0 });

describe.each<[string, Identity | undefined]>([
  ['is revoked', undefined],
  ['may do less than before', { ...identity, grants: [] }],
])('a token that %s', (_, after) => {
  it('hears nothing more on its socket, which is closed', async () => {
    const client = overSocket();
    const closed = new Promise<number>((resolve) => {
      client.on('closed', (event) => resolve((event as { code: number }).code));
    });
    const changes = client.iterate({ query });
    await changes.next();
    known = after;
    app.useCases.releases.put(aRelease({ revision: 2 }));
    expect(await closed).toBe(4403);
    await until(() => app.useCases.releases.watchers === 0);
    await client.dispose();
  });

  it('hears nothing more on its stream, which says why', async () => {
    const client = overEvents();
    const changes = client.iterate({ query });
    await changes.next();
    known = after;
    app.useCases.releases.put(aRelease({ revision: 2 }));
    expect((await changes.next()).value).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect((await changes.next()).done).toBe(true);
    await until(() => app.useCases.releases.watchers === 0);
    client.dispose();
  });
});

describe('who has too much open at once', () => {
  it('is refused a further operation on a socket, and may go on with the others', async () => {
    const client = overSocket();
    const open = Array.from({ length: 50 }, () => client.iterate({ query }));
    await Promise.all(open.map((changes) => changes.next()));
    await expect(client.iterate({ query }).next()).rejects.toMatchObject([
      { extensions: { code: 'RATE_LIMITED' } },
    ]);
    await open[0]?.return?.();
    await until(() => app.useCases.releases.watchers === 49);
    expect((await client.iterate({ query }).next()).done).toBe(false);
    await client.dispose();
  });

  it('is refused a further stream, and a further socket', async () => {
    const streams = [overEvents(), overEvents()];
    await Promise.all(streams.map((client) => client.iterate({ query }).next()));
    const refused = await fetch(`${app.url}/stream`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    streams.forEach((client) => client.dispose());

    const sockets = [overSocket(), overSocket()];
    await Promise.all(sockets.map((client) => client.iterate({ query }).next()));
    const third = new WebSocket(app.url.replace('http', 'ws'), 'graphql-transport-ws');
    const status = new Promise((resolve) => {
      third.on('unexpected-response', (_, { statusCode }) => resolve(statusCode));
    });
    expect(await status).toBe(503);
    for (const client of sockets) await client.dispose();
  });
});

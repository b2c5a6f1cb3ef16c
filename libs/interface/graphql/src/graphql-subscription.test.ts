import { once } from 'node:events';
import { connect as connectTo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aRelease } from '@spillway/domain-release/testing';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { startGraphqlApp, type GraphqlApp } from './testing/graphql-app.js';

const id = '00000000-0000-4000-8000-000000000001';
const query = `subscription { releaseChanged(id: "${id}") { revision phase } }`;
let app: GraphqlApp;
let client: Client | undefined;

beforeEach(async () => {
  app = await startGraphqlApp();
  app.useCases.releases.put(aRelease({ revision: 1 }));
});
afterEach(async () => {
  await client?.dispose();
  await app.close();
});

const connect = (connectionParams: Record<string, unknown>, socket = WebSocket): Client => {
  const url = app.url.replace('http', 'ws');
  client = createClient({ url, webSocketImpl: socket, retryAttempts: 0, connectionParams });
  return client;
};
const token = { authorization: 'Bearer token-of-portal' };

const until = async (condition: () => boolean): Promise<void> => {
  const deadline = Date.now() + 2_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise(setImmediate);
  }
};

describe('releaseChanged', () => {
  it('gives the release now, after each change, and ends with the final state', async () => {
    const changes = connect(token).iterate({ query });
    expect((await changes.next()).value).toEqual({
      data: { releaseChanged: { revision: 1, phase: 'pending' } },
    });
    app.useCases.releases.put(aRelease({ revision: 2, phase: 'succeeded' }));
    expect((await changes.next()).value).toEqual({
      data: { releaseChanged: { revision: 2, phase: 'succeeded' } },
    });
    expect((await changes.next()).done).toBe(true);
  });

  it('stops watching when the client has enough', async () => {
    const changes = connect(token).iterate({ query });
    await changes.next();
    expect(app.useCases.releases.watchers).toBe(1);
    await changes.return?.();
    await until(() => app.useCases.releases.watchers === 0);
  });

  it('stops watching when the client goes away', async () => {
    const changes = connect(token).iterate({ query });
    await changes.next();
    client?.terminate();
    await until(() => app.useCases.releases.watchers === 0);
  });

  it('takes the token from the header, too', async () => {
    class WithHeader extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols, { headers: token });
      }
    }
    const changes = connect({}, WithHeader as typeof WebSocket).iterate({ query });
    expect((await changes.next()).done).toBe(false);
  });

  it('lets nobody in without a token', async () => {
    const changes = connect({ authorization: 'Bearer wrong' }).iterate({ query });
    await expect(changes.next()).rejects.toMatchObject({ code: 4403 });
  });

  it('refuses a release that is not there, by its code', async () => {
    const other = query.replace(id, '00000000-0000-4000-8000-00000000000f');
    const changes = connect(token).iterate({ query: other });
    const { value } = (await changes.next()) as { value: { errors: unknown } };
    expect(value.errors).toMatchObject([{ extensions: { code: 'UNKNOWN_RELEASE' } }]);
  });

  it('keeps the unforeseen to the log', async () => {
    app.useCases.failWith(() => {
      throw new Error('password=hunter2');
    });
    const { value } = await connect(token).iterate({ query }).next();
    expect(JSON.stringify(value)).toContain('INTERNAL');
    expect(JSON.stringify(value)).not.toContain('hunter2');
    expect(app.logged).toMatchObject([{ err: new Error('password=hunter2') }]);
  });

  it('has the limits of queries', async () => {
    const deep = `query { releases(first: 200) { edges { node { events(first: 200) { edges { cursor node { hash } } } } } } }`;
    const changes = connect(token).iterate({ query: deep });
    await expect(changes.next()).rejects.toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  });

  it.each([
    ['/elsewhere', 'websocket'],
    ['/graphql', 'h2c'],
  ])(
    'answers who asks at %s for %s, and outlives a connection that is reset then',
    async (path, protocol) => {
      const { hostname, port } = new URL(app.url);
      const ask = (): Socket => {
        const socket = connectTo(Number(port), hostname);
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`,
        );
        return socket;
      };
      const reset = ask();
      await once(reset, 'connect');
      reset.resetAndDestroy();
      const [answer] = (await once(ask(), 'data')) as [Buffer];
      expect(String(answer)).toMatch(/^HTTP\/1.1 404 .*graphql only/s);
    },
  );

  it('opens no socket to a page of an origin that is not listed', async () => {
    const socket = new WebSocket(app.url.replace('http', 'ws'), 'graphql-transport-ws', {
      origin: 'https://evil.example.com',
    });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('403');
  });

  it('hangs up on a message that is no operation', async () => {
    // graphql-ws says there that it closed the socket.
    const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const socket = new WebSocket(app.url.replace('http', 'ws'), 'graphql-transport-ws');
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.on('open', () => socket.send('x'.repeat(70_000)));
    expect(await closed).toBe(1009);
    said.mockRestore();
  });
});

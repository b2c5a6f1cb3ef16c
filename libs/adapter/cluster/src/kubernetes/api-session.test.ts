import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { duration } from '@spillway/kernel';
import { json, line, ScriptedApiServer, type Exchange } from '../testing/scripted-api-server.js';
import { ApiSession } from './api-session.js';
import { describeFailure } from './failure.js';
import { serverOfKubeconfig } from './kubeconfig.js';

describe('a session with an API server', () => {
  const undo: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  const sessionOf = (kubeconfig: string, callTimeout = 400): ApiSession => {
    const loaded = serverOfKubeconfig(kubeconfig);
    if (!loaded.ok) throw new Error(loaded.error);
    const session = new ApiSession(loaded.value, duration(callTimeout));
    undo.push(() => session.close());
    return session;
  };
  const connect = async (
    answer: (exchange: Exchange) => void,
    callTimeout?: number,
  ): Promise<{ session: ApiSession; server: ScriptedApiServer }> => {
    const server = new ScriptedApiServer(answer);
    const kubeconfig = await server.start();
    undo.push(() => server.stop());
    return { session: sessionOf(kubeconfig, callTimeout), server };
  };

  it('makes any number of calls over sixteen connections, beside those of watches', async () => {
    const { session, server } = await connect(({ url, response }) => {
      if (url.pathname === '/watch') line(response, 'BOOKMARK', {});
      else setImmediate(() => json(response, {}));
    }, 30_000);
    const stop = new AbortController();
    const watches = Array.from({ length: 3 }, () => session.lines({ path: '/watch' }, stop.signal));
    await Promise.all(watches.map((watch) => watch.next()));
    await Promise.all(Array.from({ length: 200 }, () => session.call({ path: '/call' })));
    expect(server.connections).toBe(3 + 16);
    stop.abort();
    await Promise.allSettled(watches.map((watch) => watch.next()));
  });

  it('gives up a call that gets no answer', async () => {
    const { session } = await connect(() => undefined);
    await expect(session.call({ path: '/' })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  /** A kubeconfig that leads to a server that takes connections and says nothing. */
  const muteServer = async (): Promise<string> => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    undo.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => mute.close(resolve));
    });
    const { port } = mute.address() as AddressInfo;
    return `
      {apiVersion: v1, kind: Config, current-context: a,
       clusters: [{name: a, cluster: {server: 'https://127.0.0.1:${port}'}}],
       users: [{name: a, user: {token: t}}],
       contexts: [{name: a, context: {cluster: a, user: a}}]}`;
  };

  it('gives up a call that hangs in the handshake', async () => {
    const session = sessionOf(await muteServer());
    await expect(session.call({ path: '/' })).rejects.toThrow(/timeout/i);
  });

  it('lets go of a call that hangs in the handshake when it is closed', async () => {
    const session = sessionOf(await muteServer(), 60_000);
    const call = session.call({ path: '/' }).catch((error: unknown) => describeFailure(error));
    await new Promise((resolve) => setImmediate(resolve));
    await session.close();
    expect(await call).toEqual({ kind: 'unreachable', detail: 'the link is closed' });
    await expect(session.call({ path: '/' })).rejects.toThrow('the link is closed');
  });

  it('signs calls by what the kubeconfig says', async () => {
    const { session } = await connect(({ response }) =>
      json(response, { authorization: response.req.headers.authorization }),
    );
    expect(await session.call({ path: '/' })).toEqual({ authorization: 'Bearer t' });
  });

  it('tells an answer that is not JSON from one that is', async () => {
    const { session } = await connect(({ response }) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    );
    await expect(session.call({ path: '/' })).rejects.toMatchObject({
      status: 502,
      message: 'the API server gave no reason (502)',
    });
  });
});

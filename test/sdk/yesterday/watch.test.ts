/** As they were before `Spillway`; see client.test.ts. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aRelease } from '@spillway/domain-release/testing';
import { startRestApp, type RestApp } from '@spillway/interface-rest/testing';
import {
  createSpillwayClient,
  SpillwayUnreachable,
  waitForRelease,
  type Release,
  type SpillwayClient,
} from '@spillway/sdk';

const id = '00000000-0000-4000-8000-000000000001';
let app: RestApp;

beforeEach(async () => {
  app = await startRestApp();
  app.useCases.releases.put(aRelease({ revision: 1 }));
});
afterEach(() => app.close());

/** Sees every request first, and may answer in the server’s place. */
function clientThrough(
  answer: (request: Request) => Response | undefined = () => undefined,
): SpillwayClient {
  return createSpillwayClient({
    baseUrl: app.url,
    token: 'token-of-ci',
    backOffMs: 0,
    attempts: 2,
    fetch: async (request) => answer(request) ?? fetch(request),
  });
}

const isWatch = ({ url }: Request): boolean => url.endsWith('/watch');

async function nextOf(changes: AsyncIterator<Release>): Promise<number | undefined> {
  const { done, value } = await changes.next();
  return done === true ? undefined : (value as Release).revision;
}

describe('watch', () => {
  it('gives the release, its changes and its end', async () => {
    const changes = clientThrough().releases.watch(id)[Symbol.asyncIterator]();
    expect(await nextOf(changes)).toBe(1);
    app.useCases.releases.put(aRelease({ revision: 2 }));
    expect(await nextOf(changes)).toBe(2);
    app.useCases.releases.put(aRelease({ revision: 3, phase: 'rolledBack' }));
    expect(await nextOf(changes)).toBe(3);
    expect(await nextOf(changes)).toBeUndefined();
  });

  it('takes up a stream that broke off, without giving anything twice', async () => {
    const lastIds: (string | null)[] = [];
    const spillway = clientThrough((request) => {
      if (!isWatch(request)) return undefined;
      lastIds.push(request.headers.get('last-event-id'));
      if (lastIds.length > 1) return undefined;
      app.useCases.releases.put(aRelease({ revision: 3 }));
      const event = `event: release\nid: 2\ndata: ${JSON.stringify({ revision: 2, final: false })}\n\n`;
      return new Response(event, { headers: { 'content-type': 'text/event-stream' } });
    });
    const changes = spillway.releases.watch(id, { pollMs: 1 })[Symbol.asyncIterator]();
    expect([await nextOf(changes), await nextOf(changes), await nextOf(changes)]).toEqual([
      1, 2, 3,
    ]);
    app.useCases.releases.put(aRelease({ revision: 4, phase: 'succeeded' }));
    expect(await nextOf(changes)).toBe(4);
    expect(lastIds).toEqual(['1', '3']);
  });

  it('asks again and again where no stream gets through', async () => {
    const spillway = clientThrough((request) => (isWatch(request) ? new Response('?') : undefined));
    const changes = spillway.releases.watch(id, { pollMs: 1 })[Symbol.asyncIterator]();
    expect(await nextOf(changes)).toBe(1);
    const second = nextOf(changes);
    app.useCases.releases.put(aRelease({ revision: 2, phase: 'succeeded' }));
    expect(await second).toBe(2);
    expect(await nextOf(changes)).toBeUndefined();
  });

  it('outlasts a server that is away, for as long as it has patience', async () => {
    let away = 0;
    const spillway = clientThrough(() => {
      if (away === 0) return undefined;
      away -= 1;
      throw new TypeError('fetch failed');
    });
    const changes = spillway.releases.watch(id, { pollMs: 1 })[Symbol.asyncIterator]();
    expect(await nextOf(changes)).toBe(1);
    away = 5;
    app.useCases.releases.put(aRelease({ revision: 2, phase: 'succeeded' }));
    expect(await nextOf(changes)).toBe(2);

    away = Infinity;
    const impatient = spillway.releases.watch(id, { pollMs: 1, patienceMs: 0 });
    await expect(impatient[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(
      SpillwayUnreachable,
    );
  });

  it('stops at once when Spillway says no', async () => {
    const unknown = '00000000-0000-4000-8000-00000000000f';
    const changes = clientThrough().releases.watch(unknown)[Symbol.asyncIterator]();
    await expect(changes.next()).rejects.toMatchObject({ code: 'UNKNOWN_RELEASE' });
  });
});

describe('waitForRelease', () => {
  it('gives the final release and tells of each change before', async () => {
    const told: number[] = [];
    const waiting = waitForRelease(clientThrough(), id, {
      onChange: ({ revision }) => {
        told.push(revision);
        app.useCases.releases.put(aRelease({ revision: 2, phase: 'succeeded' }));
      },
    });
    expect(await waiting).toMatchObject({ phase: 'succeeded', final: true });
    expect(told).toEqual([1, 2]);
  });

  it('gives up when its time is over', async () => {
    const waiting = waitForRelease(clientThrough(), id, { timeoutMs: 20 });
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('gives up when it is told to', async () => {
    const stop = new AbortController();
    const waiting = waitForRelease(clientThrough(), id, {
      signal: stop.signal,
      onChange: () => stop.abort(new Error('enough')),
    });
    await expect(waiting).rejects.toThrow('enough');
  });
});

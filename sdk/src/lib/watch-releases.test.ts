import { describe, expect, it } from '@jest/globals';
import { Spillway } from '../client.js';
import type { ReleaseNews } from './watch-releases.js';

const state = (id: string, phase: string) =>
  `event: release\ndata: ${JSON.stringify({ id, phase })}\n\n`;
const event = (position: string, release: string) =>
  `event: event\nid: ${position}\ndata: ${JSON.stringify({ release, sequence: 1 })}\n\n`;

/** Streams in their order; after the last one nobody answers. */
function streaming(...streams: readonly (string | Response)[]) {
  const asked: Request[] = [];
  const spillway = new Spillway({
    baseUrl: 'http://spillway.test',
    token: 't',
    retries: 0,
    fetch: (request) => {
      const next = streams[asked.length];
      asked.push(request);
      if (next === undefined) return Promise.reject(new TypeError('fetch failed'));
      const headers = { 'content-type': 'text/event-stream' };
      return Promise.resolve(next instanceof Response ? next : new Response(next, { headers }));
    },
  });
  const lastIds = () => asked.map(({ headers }) => headers.get('last-event-id'));
  return { releases: spillway.releases, asked, lastIds };
}

const hurried = { pollMs: 0, patienceMs: 0 };

async function newsOf(all: AsyncIterable<ReleaseNews>): Promise<ReleaseNews[]> {
  const seen: ReleaseNews[] = [];
  try {
    for await (const one of all) seen.push(one);
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.name !== 'SpillwayUnreachable') throw thrown;
  }
  return seen;
}

describe('watchAll', () => {
  it('gives each event with its release as it was by then, and where to begin again', async () => {
    const { releases } = streaming(
      state('a', 'progressing') + state('b', 'paused') + event('p1', 'a') + event('p2', 'b'),
    );
    expect(await newsOf(releases.watchAll(hurried))).toMatchObject([
      { event: { release: 'a' }, release: { phase: 'progressing' }, lastEventId: 'p1' },
      { event: { release: 'b' }, release: { phase: 'paused' }, lastEventId: 'p2' },
    ]);
  });

  it('never shows a release as an earlier batch had it', async () => {
    const { releases } = streaming(
      state('a', 'progressing') + event('p1', 'a') + state('b', 'paused') + event('p2', 'a'),
    );
    const news = await newsOf(releases.watchAll(hurried));
    expect(news.map(({ release }) => release?.phase)).toEqual(['progressing', undefined]);
  });

  it('begins again where a stream broke off, also from a place without news', async () => {
    const { releases, lastIds } = streaming(
      event('p1', 'a'),
      `id: p7\n\n`,
      ': nothing yet\n\nevent: newer-than-this\ndata: {}\n\n',
      event('p8', 'a'),
    );
    const news = await newsOf(releases.watchAll({ ...hurried, lastEventId: 'p0' }));
    expect(news.map(({ lastEventId }) => lastEventId)).toEqual(['p1', 'p8']);
    expect(lastIds()).toEqual(['p0', 'p1', 'p7', 'p7', 'p8']);
  });

  it('asks for what is wanted, and sends no place when there is none', async () => {
    const { releases, asked, lastIds } = streaming();
    await newsOf(releases.watchAll({ ...hurried, service: 'shop/catalog' }));
    expect(asked[0]?.url).toContain('/api/v1/releases/watch?service=shop');
    expect(lastIds()).toEqual([null]);
  });

  it('ends at once when Spillway says no, and where no stream gets through', async () => {
    for (const answer of [new Response('no', { status: 403 }), new Response('<html>')]) {
      const { releases } = streaming(answer);
      const watching = newsOf(releases.watchAll({ pollMs: 0 }));
      await expect(watching).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
    }
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const { releases } = streaming(event('p1', 'a'));
    const watching = (async () => {
      for await (const _ of releases.watchAll({ signal: stop.signal })) {
        stop.abort(new Error('enough'));
      }
    })();
    await expect(watching).rejects.toThrow('enough');
  });
});
